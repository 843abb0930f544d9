using ActorScheduler.Master.Frameworks;
using ActorScheduler.Master.Registry;
using ActorScheduler.Protocol.Serialization;

namespace ActorScheduler.Master.Serialization;

/// <summary>
/// What stands in journals and snapshots for each fact. Manifests are for ever: one that is no longer used is not used again, and its
/// line stays as a comment. Fields have numbers by their place in the record, so that new ones go to the end.
/// </summary>
[WireType("r1", typeof(EpochBegun))]
[WireType("r2", typeof(AgentAdmitted))]
[WireType("r3", typeof(AgentForgotten))]
[WireType("r4", typeof(AgentLost))]
[WireType("r5", typeof(AgentFound))]
[WireType("r6", typeof(AgentMarkedGone))]
[WireType("r7", typeof(QuotaSet))]
[WireType("r8", typeof(QuotaRemoved))]
[WireType("r9", typeof(WeightSet))]
[WireType("r10", typeof(MaintenanceScheduled))]
[WireType("r11", typeof(AgentDeactivated))]
[WireType("r12", typeof(DrainBegun))]
[WireType("r13", typeof(AgentReactivated))]
[WireType("r14", typeof(AgentInstructed))]
[WireType("r15", typeof(InstructionSettled))]
[WireType("r16", typeof(RegistrySnapshotBegun))]
[WireType("r17", typeof(RegistrySnapshot))]
[WireType("r18", typeof(WeightRemoved))]

[WireType("f1", typeof(SchedulerSubscribed))]
[WireType("f2", typeof(FrameworkUpdated))]
[WireType("f3", typeof(SuppressionChanged))]
[WireType("f4", typeof(SchedulerLeft))]
[WireType("f5", typeof(SchedulerReturned))]
[WireType("f6", typeof(FrameworkRemoved))]
[WireType("f7", typeof(OffersAccepted))]
[WireType("f8", typeof(UseGranted))]
[WireType("f9", typeof(UseVoided))]
[WireType("f10", typeof(UseSettled))]
[WireType("f11", typeof(StatusesChanged))]
[WireType("f12", typeof(OperationsChanged))]
[WireType("f13", typeof(TaskAdopted))]
[WireType("f14", typeof(KillRequested))]
[WireType("f15", typeof(UpdatesAcknowledged))]
[WireType("f16", typeof(SnapshotBegun))]
[WireType("f17", typeof(BookSnapshot))]
internal sealed partial class MasterTable : WireTable;
