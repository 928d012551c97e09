using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Training.Chaos;

public sealed class LinkTests : IAsyncDisposable
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    readonly TcpListener echo = new(IPAddress.Loopback, 0);
    readonly Link link;

    public LinkTests()
    {
        echo.Start();
        _ = Serve();
        link = new("127.0.0.1", ((IPEndPoint)echo.LocalEndpoint).Port);
    }

    [Fact]
    public async Task What_is_sent_arrives_and_comes_back()
    {
        using var client = await Connect();
        Assert.Equal(7, await Ask(client, 7));
    }

    [Fact]
    public async Task A_cut_ends_connections_and_refuses_new_ones_until_it_is_mended()
    {
        using var client = await Connect();
        await Ask(client, 1);

        link.Set(LinkState.Cut);
        await Assert.ThrowsAnyAsync<Exception>(() => Ask(client, 2));
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            using var refused = await Connect();
            await Ask(refused, 3);
        });

        link.Set(LinkState.Open);
        using var again = await Connect();
        Assert.Equal(4, await Ask(again, 4));
    }

    [Fact]
    public async Task Half_open_passes_nothing_and_ends_nothing()
    {
        using var client = await Connect();
        await Ask(client, 1);

        link.Set(LinkState.HalfOpen);
        var answer = Ask(client, 2);
        Assert.NotSame(answer, await Task.WhenAny(answer, Task.Delay(300, Ct)));

        link.Set(LinkState.Open);
        Assert.Equal(2, await answer);
    }

    [Fact]
    public async Task Delay_holds_data_back_both_ways()
    {
        using var client = await Connect();
        await Ask(client, 1);

        link.Delay = TimeSpan.FromMilliseconds(100);
        var watch = Stopwatch.StartNew();
        await Ask(client, 2);
        Assert.True(watch.Elapsed >= TimeSpan.FromMilliseconds(190), watch.Elapsed.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await link.DisposeAsync();
        echo.Dispose();
    }

    async Task<Socket> Connect()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, link.Port, Ct);
        return socket;
    }

    static async Task<byte> Ask(Socket socket, byte value)
    {
        await socket.SendAsync(new[] { value }, Ct);
        var answer = new byte[1];
        return await socket.ReceiveAsync(answer, Ct) == 1 ? answer[0] : throw new IOException("The connection ended.");
    }

    async Task Serve()
    {
        while (true)
            try { _ = Echo(await echo.AcceptSocketAsync()); }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException) { return; }
    }

    static async Task Echo(Socket socket)
    {
        using var held = socket;
        var buffer = new byte[64];
        try
        {
            while (await socket.ReceiveAsync(buffer) is > 0 and var count) await socket.SendAsync(buffer.AsMemory(0, count));
        }
        catch (SocketException) { /* the link was cut */ }
    }
}
