using System.Net.Sockets;
using System.Text;

namespace Docker.DotNet.Specs.Fake;

/// <summary>One request that a <see cref="FakeEngine"/> got, and the means to answer it well or badly.</summary>
public sealed class FakeExchange(NetworkStream stream, Socket socket, string head, byte[] body, CancellationToken stopping)
{
    /// <summary>Such as GET /v1.41/info.</summary>
    public string Line { get; } = string.Join(' ', head.Split("\r\n")[0].Split(' ')[..2]);

    public string Head { get; } = head;

    public string Body { get; } = Encoding.UTF8.GetString(body);

    public Stream Connection => stream;

    public bool Closed { get; private set; }

    public static async Task<FakeExchange?> ReadAsync(NetworkStream stream, Socket socket, CancellationToken stopping)
    {
        var bytes = new List<byte>();
        var one = new byte[1];
        while (!EndsHead(bytes))
        {
            if (await stream.ReadAsync(one, stopping) == 0) return null;
            bytes.Add(one[0]);
        }

        var head = Encoding.ASCII.GetString(bytes.ToArray());
        var length = head.Split("\r\n")
            .FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        var body =
            new byte[length is null ? 0 : int.Parse(length.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, stopping);
        return new FakeExchange(stream, socket, head, body, stopping);
    }

    public Task SendAsync(string raw) => stream.WriteAsync(Encoding.UTF8.GetBytes(raw), stopping).AsTask();

    public Task AnswerAsync(string json, string status = "200 OK", string headers = "", string type = "application/json") =>
        SendAsync(
            $"HTTP/1.1 {status}\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n{headers}\r\n{json}");

    /// <summary>The head of an answer whose body comes in chunks.</summary>
    public Task BeginChunksAsync() =>
        SendAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");

    public Task ChunkAsync(string text) => SendAsync($"{Encoding.UTF8.GetByteCount(text):x}\r\n{text}\r\n");

    /// <summary>Never answers: holds the connection until the client closes it or the test ends.</summary>
    public async Task HangAsync()
    {
        var ignored = new byte[256];
        while (await stream.ReadAsync(ignored, stopping) > 0)
        {
        }

        Close();
    }

    public void Close()
    {
        Closed = true;
        socket.Dispose();
    }

    private static bool EndsHead(List<byte> bytes) =>
        bytes.Count >= 4 && bytes[^1] == '\n' && bytes[^2] == '\r' && bytes[^3] == '\n' && bytes[^4] == '\r';
}
