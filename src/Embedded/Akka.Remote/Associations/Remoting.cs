using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Remote.Transport;

namespace Akka.Remote.Associations;

/// <summary>Listens for other nodes and sends to them over TCP, with an <see cref="Association"/> for each.</summary>
internal sealed class Remoting : RemoteTransport
{
    /// <summary>Connections that may be open before their other side has said who it is; more are closed at once.</summary>
    private const int MostStrangers = 256;

    private readonly ConcurrentDictionary<Address, Association> _associations = new();
    private readonly HashSet<Address> _addresses = [];
    private readonly CancellationTokenSource _ending = new();
    private readonly StrangerLog _strangers;
    private Socket? _listener;
    private Address _address = null!;
    private int _strangersNow;

    internal Remoting(ExtendedActorSystem system, RemoteActorRefProvider provider) : base(system, provider)
    {
        Tcp = new TcpSettings(system.Settings.Config);
        Tls = Tcp.IsSsl ? new TlsLayer(system) : null;
        Uid = AddressUidExtension.Uid(system);
        _strangers = new StrangerLog(Log);
    }

    public override ISet<Address> Addresses => _addresses;

    public override Address DefaultAddress => _address;

    internal RemoteSettings Settings => Provider.RemoteSettings;

    internal TcpSettings Tcp { get; }

    internal TlsLayer? Tls { get; }

    internal int Uid { get; }

    public override void Start()
    {
        var endpoint = new IPEndPoint(BindAddress(), Tcp.Port);
        var listener = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (Tcp.ReuseAddress && !OperatingSystem.IsWindows()) listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            listener.Bind(endpoint);
            listener.Listen(Tcp.Backlog);
        }
        catch (SocketException failure)
        {
            listener.Dispose();
            throw new RemoteTransportException($"Could not listen on {endpoint} (akka.remote.dot-netty.tcp.hostname and port): {failure.Message}", failure);
        }

        _listener = listener;
        var port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        _address = new Address(Tcp.Scheme, System.Name, Tcp.PublicHostname, Tcp.PublicPort ?? port);
        _addresses.Add(_address);
        Log.Info("Remoting started; listening on addresses : [{0}]", _address);
        Publish(new RemotingListenEvent([_address]));
        _ = Task.Run(Accept);
    }

    public override void Send(object message, IActorRef sender, RemoteActorRef recipient)
    {
        var association = recipient.Association ??= AssociationWith(recipient.Path.Address);
        association.Send(new Outgoing(message, sender, recipient));
    }

    public override void Quarantine(Address address, int? uid) => AssociationWith(address).Quarantine(uid, "asked for by this node");

    public override Address LocalAddressForRemote(Address remote) => _address;

    public override async Task Shutdown()
    {
        await Task.WhenAll(_associations.Values.Select(association => association.End(Settings.FlushWait))).ConfigureAwait(false);
        await _ending.CancelAsync().ConfigureAwait(false);
        _listener?.Dispose();
        Publish(new RemotingShutdownEvent());
    }

    internal Association AssociationWith(Address remote) => _associations.GetOrAdd(remote, static (address, self) => new Association(self, address), this);

    internal void Publish(RemotingLifecycleEvent lifecycleEvent)
    {
        System.EventStream.Publish(lifecycleEvent);
        if (Provider.RemoteSettings.RemoteLifecycleEventsLogLevel is not ("off" or "OFF")) Log.Log(lifecycleEvent.LogLevel(), lifecycleEvent.ToString()!);
    }

    internal void DeadLetter(in Outgoing message) =>
        System.EventStream.Publish(new DeadLetter(message.Message, message.Sender ?? System.DeadLetters, message.Recipient));

    /// <summary>Hands a message that came to a local actor, as far as another node may send it.</summary>
    internal void Deliver(IInternalActorRef recipient, object message, IActorRef? sender, bool isSystemMessage)
    {
        if (Settings.UntrustedMode && !IsTrusted(recipient, message))
        {
            Log.Debug("operating in UntrustedMode, dropping inbound message of type [{0}] to [{1}]", message.GetType(), recipient);
            return;
        }

        if (isSystemMessage && message is SystemMessage systemMessage) recipient.SendSystemMessage(systemMessage);
        else recipient.Tell(message, sender);
    }

    private bool IsTrusted(IInternalActorRef recipient, object message) => message switch
    {
        ActorSelectionMessage { Message: not IPossiblyHarmful } selection =>
            Settings.TrustedSelectionPaths.Contains("/" + string.Join<SelectionPathElement>('/', selection.Elements)) && recipient.Equals(Provider.RootGuardian),
        IPossiblyHarmful => message is DeathWatchNotification,
        _ => true,
    };

    private IPAddress BindAddress()
    {
        if (IPAddress.TryParse(Tcp.Hostname, out var address)) return address;
        try
        {
            return Dns.GetHostAddresses(Tcp.Hostname).OrderBy(a => a.AddressFamily != AddressFamily.InterNetwork).First();
        }
        catch (Exception failure) when (failure is SocketException or InvalidOperationException)
        {
            throw new RemoteTransportException($"akka.remote.dot-netty.tcp.hostname = [{Tcp.Hostname}] does not resolve: {failure.Message}", failure);
        }
    }

    private async Task Accept()
    {
        while (!_ending.IsCancellationRequested)
        {
            try
            {
                var socket = await _listener!.AcceptAsync(_ending.Token).ConfigureAwait(false);
                if (Volatile.Read(ref _strangersNow) >= MostStrangers)
                {
                    _strangers.Note(socket.RemoteEndPoint, "too many connections that have not said who they are");
                    socket.Dispose();
                    continue;
                }

                Interlocked.Increment(ref _strangersNow);
                _ = Task.Run(() => RunInbound(socket));
            }
            catch (Exception failure) when (failure is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException failure)
            {
                Log.Warning("Could not accept a connection: {0}", failure.Message);
            }
        }
    }

    private async Task RunInbound(Socket socket)
    {
        var from = socket.RemoteEndPoint;
        var greeted = false;
        try
        {
            await new InboundConnection(this, socket).Run(Greeted, _ending.Token).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            if (!greeted) _strangers.Note(from, failure.Message);
            else if (failure is not OperationCanceledException) Log.Debug("A connection from {0} ended: {1}", from!, failure.Message);
        }
        finally
        {
            if (!greeted) Greeted();
        }

        void Greeted()
        {
            greeted = true;
            Interlocked.Decrement(ref _strangersNow);
        }
    }
}
