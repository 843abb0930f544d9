using Docker.DotNet.Models;
using static ActorScheduler.Containers.Docker.Plan.OptionValues;

namespace ActorScheduler.Containers.Docker.Plan;

/// <summary>The options of <c>docker run</c>, by name, each with what it does to the container.</summary>
internal static class RunOptionTable
{
    /// <summary>All of them. A value that cannot be read is a <see cref="FormatException"/>.</summary>
    public static readonly Dictionary<string, Action<RunTarget, string>> All = new(StringComparer.Ordinal)
    {
        // The process.
        ["entrypoint"] = static (to, value) => to.Plan.Entrypoint = value.Length == 0 ? [] : [value],
        ["env"] = static (to, value) => to.SetVariable(value),
        ["init"] = static (to, value) => to.Host.Init = Flag(value),
        ["interactive"] = static (to, value) => to.Plan.OpenStdin = Flag(value),
        ["tty"] = static (to, value) => to.Plan.Tty = Flag(value),
        ["user"] = static (to, value) => to.Plan.User = value,
        ["group-add"] = static (to, value) => (to.Host.GroupAdd ??= []).Add(value),
        ["workdir"] = static (to, value) => to.Plan.WorkingDir = value,
        ["stop-signal"] = static (to, value) => to.Plan.StopSignal = value,
        ["stop-timeout"] = static (to, value) => to.Plan.StopTimeout = Seconds(value),
        ["label"] = static (to, value) => to.SetLabel(Pair(value, "=").Key, Pair(value, "=").Value),
        ["platform"] = static (to, value) => to.Plan.Platform = value,
        ["no-healthcheck"] = static (to, value) => to.Plan.Healthcheck = Flag(value) ? new HealthConfig { Test = ["NONE"] } : to.Plan.Healthcheck,

        // Files.
        ["volume"] = static (to, value) => AddVolume(to, value),
        ["volumes-from"] = static (to, value) => (to.Host.VolumesFrom ??= []).Add(value),
        ["volume-driver"] = static (to, value) => to.Host.VolumeDriver = value,
        ["mount"] = static (to, value) => to.Host.Mounts.Add(ParseMount(value)),
        ["tmpfs"] = static (to, value) => (to.Host.Tmpfs ??= new Dictionary<string, string>())[Pair(value, ":").Key] = Pair(value, ":").Value,
        ["read-only"] = static (to, value) => to.Host.ReadonlyRootfs = Flag(value),
        ["shm-size"] = static (to, value) => to.Host.ShmSize = Bytes(value),
        ["storage-opt"] = static (to, value) => (to.Host.StorageOpt ??= new Dictionary<string, string>())[Pair(value, "=").Key] = Pair(value, "=").Value,

        // Networks.
        ["network"] = static (to, value) => to.Host.NetworkMode = value,
        ["network-alias"] = static (to, value) => (Joined(to).Aliases ??= []).Add(value),
        ["ip"] = static (to, value) => (Joined(to).IPAMConfig ??= new EndpointIPAMConfig()).IPv4Address = value,
        ["ip6"] = static (to, value) => (Joined(to).IPAMConfig ??= new EndpointIPAMConfig()).IPv6Address = value,
        ["link"] = static (to, value) => (to.Host.Links ??= []).Add(value),
        ["mac-address"] = static (to, value) => to.Plan.MacAddress = value,
        ["hostname"] = static (to, value) => to.Plan.Hostname = value,
        ["domainname"] = static (to, value) => to.Plan.Domainname = value,
        ["add-host"] = static (to, value) => (to.Host.ExtraHosts ??= []).Add(value),
        ["dns"] = static (to, value) => (to.Host.DNS ??= []).Add(value),
        ["dns-option"] = static (to, value) => (to.Host.DNSOptions ??= []).Add(value),
        ["dns-search"] = static (to, value) => (to.Host.DNSSearch ??= []).Add(value),
        ["expose"] = static (to, value) => (to.Plan.ExposedPorts ??= new Dictionary<string, EmptyStruct>())[value.Contains('/', StringComparison.Ordinal) ? value : value + "/tcp"] = default,

        // Limits beside cpus and mem.
        ["cpus"] = static (to, value) => (to.Host.CPUPeriod, to.Host.CPUQuota) = (ContainerLimits.Period, (long)(Fraction(value) * ContainerLimits.Period)),
        ["cpu-period"] = static (to, value) => to.Host.CPUPeriod = Number(value),
        ["cpu-quota"] = static (to, value) => to.Host.CPUQuota = Number(value),
        ["cpuset-cpus"] = static (to, value) => to.Host.CpusetCpus = value,
        ["cpuset-mems"] = static (to, value) => to.Host.CpusetMems = value,
        ["memory-reservation"] = static (to, value) => to.Host.MemoryReservation = Bytes(value),
        ["memory-swap"] = static (to, value) => to.Host.MemorySwap = value == "-1" ? -1 : Bytes(value),
        ["memory-swappiness"] = static (to, value) => to.Host.MemorySwappiness = Number(value),
        ["kernel-memory"] = static (to, value) => to.Host.KernelMemory = Bytes(value),
        ["oom-kill-disable"] = static (to, value) => to.Host.OomKillDisable = Flag(value),
        ["oom-score-adj"] = static (to, value) => to.Host.OomScoreAdj = Number(value),
        ["pids-limit"] = static (to, value) => to.Host.PidsLimit = Number(value),
        ["ulimit"] = static (to, value) => (to.Host.Ulimits ??= []).Add(ParseUlimit(value)),
        ["blkio-weight"] = static (to, value) => to.Host.BlkioWeight = (ushort)Math.Clamp(Number(value), 0, ushort.MaxValue),
        ["device-read-bps"] = static (to, value) => (to.Host.BlkioDeviceReadBps ??= []).Add(Throttle(value)),
        ["device-write-bps"] = static (to, value) => (to.Host.BlkioDeviceWriteBps ??= []).Add(Throttle(value)),
        ["device-read-iops"] = static (to, value) => (to.Host.BlkioDeviceReadIOps ??= []).Add(Throttle(value)),
        ["device-write-iops"] = static (to, value) => (to.Host.BlkioDeviceWriteIOps ??= []).Add(Throttle(value)),
        ["cgroup-parent"] = static (to, value) => to.Host.CgroupParent = value,

        // Rights and name spaces.
        ["privileged"] = static (to, value) => to.Host.Privileged = Flag(value),
        ["cap-add"] = static (to, value) => (to.Host.CapAdd ??= []).Add(value),
        ["cap-drop"] = static (to, value) => (to.Host.CapDrop ??= []).Add(value),
        ["security-opt"] = static (to, value) => (to.Host.SecurityOpt ??= []).Add(value),
        ["sysctl"] = static (to, value) => (to.Host.Sysctls ??= new Dictionary<string, string>())[Pair(value, "=").Key] = Pair(value, "=").Value,
        ["device"] = static (to, value) => (to.Host.Devices ??= []).Add(ParseDevice(value)),
        ["device-cgroup-rule"] = static (to, value) => (to.Host.DeviceCgroupRules ??= []).Add(value),
        ["gpus"] = static (to, value) => (to.Host.DeviceRequests ??= []).Add(ParseGpus(value)),
        ["cgroupns"] = static (to, value) => to.Host.CgroupnsMode = value,
        ["ipc"] = static (to, value) => to.Host.IpcMode = value,
        ["pid"] = static (to, value) => to.Host.PidMode = value,
        ["userns"] = static (to, value) => to.Host.UsernsMode = value,
        ["uts"] = static (to, value) => to.Host.UTSMode = value,
        ["isolation"] = static (to, value) => to.Host.Isolation = value,
        ["runtime"] = static (to, value) => to.Host.Runtime = value,

        // What becomes of its output.
        ["log-driver"] = static (to, value) => to.Log.Type = value,
        ["log-opt"] = static (to, value) => to.Log.Config[Pair(value, "=").Key] = Pair(value, "=").Value,
    };

    private static EndpointSettings Joined(RunTarget to)
    {
        to.HasEndpoint = true;
        return to.Endpoint;
    }

    /// <summary>With a colon it is mounted from somewhere, without one it is a volume without a name.</summary>
    private static void AddVolume(RunTarget to, string value)
    {
        if (value.Contains(':', StringComparison.Ordinal))
            (to.Host.Binds ??= []).Add(value);
        else
            (to.Plan.Volumes ??= new Dictionary<string, EmptyStruct>())[value] = default;
    }
}
