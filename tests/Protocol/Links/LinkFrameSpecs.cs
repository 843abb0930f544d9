using ActorScheduler.Protocol.Links.Http;

namespace ActorScheduler.Protocol.Specs.Links;

/// <summary>Frames of links by HTTP: what is sent is read, and what is no frame is told from one.</summary>
public sealed class LinkFrameSpecs
{
    [Fact]
    public void What_was_written_is_read()
    {
        var random = new Random(1);
        for (int i = 0; i < 1000; i++)
        {
            byte[] payload = new byte[random.Next(300)];
            random.NextBytes(payload);
            var frame = new LinkFrame((LinkFrameKind)random.Next(1, 5), random.Next(), random.Next(), new string('m', random.Next(20)), payload);

            Assert.True(LinkFrame.TryRead(frame.ToBytes(), out LinkFrame read));

            Assert.Equal((frame.Kind, frame.Peer, frame.Remote, frame.Manifest), (read.Kind, read.Peer, read.Remote, read.Manifest));
            Assert.Equal(payload, read.Payload.ToArray());
        }
    }

    [Fact]
    public void What_is_cut_off_or_of_no_kind_is_no_frame()
    {
        byte[] whole = new LinkFrame(LinkFrameKind.Message, 1, 2, "manifest").ToBytes();

        for (int length = 0; length < whole.Length; length++)
            Assert.False(LinkFrame.TryRead(whole.AsMemory(0, length), out _));
        foreach (byte kind in (byte[])[0, 5, 255])
            Assert.False(LinkFrame.TryRead((byte[])[kind, .. whole[1..]], out _));
    }

    [Fact]
    public void A_frame_looks_as_it_always_did() => Assert.Equal(
        "0200000001000000FF0161EEFF", Convert.ToHexString(new LinkFrame(LinkFrameKind.ToRemote, 1, 255, "a", (byte[])[0xee, 0xff]).ToBytes()));
}
