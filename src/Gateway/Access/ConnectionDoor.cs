using System.Net;
using ActorScheduler.Protocol.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ActorScheduler.Gateway.Access;

/// <summary>
/// Where connections come in: so many that files are left for the node's own work. A connection is known once somebody has asked on it who may;
/// those on which nobody has make room for others.
/// </summary>
internal static class ConnectionDoor
{
    internal static void Use(ListenOptions listen, ConnectionBook book) => listen.Use(next => async connection =>
    {
        using IConnectionEntry? entry = book.Admit((connection.RemoteEndPoint as IPEndPoint)?.Address, connection.Abort);
        if (entry is null)
        {
            connection.Abort();
            return;
        }
        connection.Features.Set(entry);
        await next(connection);
    });
}
