using System.Net;
using System.Reflection;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Remote.Transport;
using DotNetty.Transport.Channels;
using Google.Protobuf;

namespace ActorScheduler.Protocol.Connections;

/// <summary>
/// The port of nodes with a limit of its connections: the transport tells of each as soon as it is made, before TLS or a first word, and what
/// has no room is closed there. Known is who has sent a message, with TLS therefore who has shown a certificate that is trusted.
/// </summary>
internal sealed class LimitedTransport : Transport
{
    /// <summary>Akka.NET tells of a connection without giving it: it stands in a field of the handle.</summary>
    private static readonly FieldInfo Channel = typeof(Transport).Assembly.GetType("Akka.Remote.Transport.DotNetty.TcpAssociationHandle")
        ?.GetField("_channel", BindingFlags.Instance | BindingFlags.NonPublic)
        ?? throw new InvalidOperationException("this version of Akka.Remote keeps connections elsewhere: look where, and read them there");

    private readonly Transport _inner;
    private readonly ConnectionBook _book;

    internal LimitedTransport(Transport inner, ActorSystem system, ConnectionBook book)
    {
        (_inner, _book) = (inner, book);
        (System, Config, SchemeIdentifier, MaximumPayloadBytes) = (system, inner.Config, inner.SchemeIdentifier, inner.MaximumPayloadBytes);
    }

    public override async Task<(Address, TaskCompletionSource<IAssociationEventListener>)> Listen()
    {
        (Address at, TaskCompletionSource<IAssociationEventListener> inner) = await _inner.Listen().ConfigureAwait(false);
        var outer = new TaskCompletionSource<IAssociationEventListener>();
        _ = outer.Task.ContinueWith(
            listener => inner.TrySetResult(new Listener(listener.Result, _book)), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously | TaskContinuationOptions.OnlyOnRanToCompletion,
            TaskScheduler.Default);
        return (at, outer);
    }

    public override bool IsResponsibleFor(Address remote) => _inner.IsResponsibleFor(remote);

    public override Task<AssociationHandle> Associate(Address remoteAddress) => _inner.Associate(remoteAddress);

    public override Task<bool> Shutdown() => _inner.Shutdown();

    public override Task<bool> ManagementCommand(object message) => _inner.ManagementCommand(message);

    private static IChannel ChannelOf(AssociationHandle handle) => (IChannel)Channel.GetValue(handle)!;

    private sealed class Listener(IAssociationEventListener outer, ConnectionBook book) : IAssociationEventListener
    {
        public void Notify(IAssociationEvent associationEvent)
        {
            if (associationEvent is not InboundAssociation { Association: { } made })
            {
                outer.Notify(associationEvent);
                return;
            }
            IChannel channel = ChannelOf(made);
            if (book.Admit((channel.RemoteAddress as IPEndPoint)?.Address, () => Close(channel)) is not { } entry)
            {
                Close(channel);
                return;
            }
            // It has its file until then, whoever wants it to end.
            _ = channel.CloseCompletion.ContinueWith(_ => entry.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            outer.Notify(new InboundAssociation(new Handle(made, entry)));
        }

        /// <summary>The handle's own way to end waits for the other end to end too, and for TLS; this one does not.</summary>
        private static void Close(IChannel channel) => channel.EventLoop.Execute(() =>
        {
            // Reset: what lingers keeps its file.
            channel.Configuration.SetOption(ChannelOption.SoLinger, 0);
            channel.Unsafe.CloseAsync();
        });
    }

    private sealed class Handle : AssociationHandle
    {
        private readonly AssociationHandle _inner;

        internal Handle(AssociationHandle inner, IConnectionEntry entry)
            : base(inner.LocalAddress, inner.RemoteAddress)
        {
            _inner = inner;
            _ = ReadHandlerSource.Task.ContinueWith(
                listener => inner.ReadHandlerSource.TrySetResult(new HandleListener(listener.Result, entry)), CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously | TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
        }

        public override bool Write(ByteString payload) => _inner.Write(payload);

        [Obsolete("Akka.NET calls the one with a reason.")]
        public override void Disassociate() => _inner.Disassociate();
    }

    private sealed class HandleListener(IHandleEventListener outer, IConnectionEntry entry) : IHandleEventListener
    {
        private bool _isKnown;

        public void Notify(IHandleEvent handleEvent)
        {
            // Once: all connections share a lock, and this is the way of every message.
            if (!_isKnown && handleEvent is InboundPayload)
            {
                _isKnown = true;
                entry.Know();
            }
            outer.Notify(handleEvent);
        }
    }
}

/// <summary>Makes <see cref="LimitedTransport"/>s; Akka.NET finds it by the configuration.</summary>
internal sealed class LimitedTransportProvider : ITransportAdapterProvider
{
    /// <summary>Puts it around the transport of a system that has a <see cref="ConnectionSetup"/>. The name without blanks: Akka.NET would read them with quotes around.</summary>
    internal static readonly Config Config = ConfigurationFactory.ParseString($$"""
        akka.remote {
          adapters.limited = "{{typeof(LimitedTransportProvider).FullName}},{{typeof(LimitedTransportProvider).Assembly.GetName().Name}}"
          dot-netty.tcp.applied-adapters = [limited]
        }
        """);

    public Transport Create(Transport wrappedTransport, ExtendedActorSystem system) =>
        system.Settings.Setup.Get<ConnectionSetup>() is { HasValue: true, Value: { } setup } ? new LimitedTransport(wrappedTransport, system, setup.Book) : wrappedTransport;
}

/// <summary>The connections that the port of a system may have.</summary>
internal sealed class ConnectionSetup(ConnectionBook book) : Setup
{
    public ConnectionBook Book => book;
}
