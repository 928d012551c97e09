using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Training.Testing;

/// <summary>A wire to a server that a test can hold, so that both ends stay connected and nothing passes, or cut, so that nobody gets through.</summary>
public sealed class Wire : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource over = new();
    readonly ConcurrentBag<Socket> sockets = [];
    volatile TaskCompletionSource passes = Passing();
    volatile bool cut;

    public Wire(string host, int port)
    {
        listener.Start();
        _ = Accept(host, port);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public void Hold() => passes = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>As a proxy before a server that is away: who comes is let in and thrown out.</summary>
    public void Cut()
    {
        cut = true;
        foreach (var socket in sockets) socket.Dispose();
    }

    public void Release()
    {
        cut = false;
        passes.TrySetResult();
    }

    /// <summary>The same address by way of a new wire.</summary>
    public static (Wire Wire, string Address) To(string address)
    {
        var uri = new Uri(address);
        var wire = new Wire(uri.Host, uri.Port);
        return (wire, new UriBuilder(uri) { Host = "127.0.0.1", Port = wire.Port }.Uri.ToString());
    }

    async Task Accept(string host, int port)
    {
        while (!over.IsCancellationRequested)
        {
            var near = await listener.AcceptSocketAsync(over.Token);
            if (cut)
            {
                near.Dispose();
                continue;
            }
            var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await far.ConnectAsync(host, port, over.Token);
            sockets.Add(near);
            sockets.Add(far);
            _ = Pass(near, far);
            _ = Pass(far, near);
        }
    }

    async Task Pass(Socket from, Socket to)
    {
        var buffer = new byte[16_384];
        try
        {
            while (await from.ReceiveAsync(buffer, over.Token) is > 0 and var length)
            {
                await passes.Task.WaitAsync(over.Token);
                await to.SendAsync(buffer.AsMemory(0, length), over.Token);
            }
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException) { /* one end left */ }
        from.Dispose();
        to.Dispose();
    }

    static TaskCompletionSource Passing()
    {
        var passing = new TaskCompletionSource();
        passing.SetResult();
        return passing;
    }

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        listener.Dispose();
        foreach (var socket in sockets) socket.Dispose();
        over.Dispose();
    }
}
