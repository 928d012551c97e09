using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Training.Testing;

public enum LinkState
{
    Open,
    /// <summary>Connections are closed and new ones refused.</summary>
    Cut,
    /// <summary>Connections stay, and nothing passes: as when a host vanishes.</summary>
    HalfOpen,
}

/// <summary>A TCP proxy between one service and one server. While cut it is as before a server that is away: who comes is let in and thrown out.</summary>
public sealed class Link : IAsyncDisposable
{
    /// <summary>AMQP's exchange.declare: class 40, method 10.</summary>
    static readonly byte[] Declare = [0, 40, 0, 10];

    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource end = new();
    readonly ConcurrentDictionary<Socket, byte> sockets = [];
    readonly string host;
    readonly int port;
    readonly Task accepting;
    volatile TaskCompletionSource flowing = Done();
    volatile TaskCompletionSource? declared;

    public Link(string host, int port)
    {
        (this.host, this.port) = (host, port);
        listener.Start();
        accepting = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;
    public LinkState State { get; private set; } = LinkState.Open;

    /// <summary>How long every piece of data is held back, one way.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>The same address by way of a new link.</summary>
    public static (Link Link, string Address) To(string address)
    {
        var uri = new Uri(address);
        var link = new Link(uri.Host, uri.Port);
        return (link, new UriBuilder(uri) { Host = "127.0.0.1", Port = link.Port }.Uri.ToString());
    }

    public void Set(LinkState state)
    {
        State = state;
        if (state == LinkState.HalfOpen) flowing = new(TaskCreationOptions.RunContinuationsAsynchronously);
        else flowing.TrySetResult();
        if (state == LinkState.Cut) CloseAll();
    }

    /// <summary>Cuts the link as soon as a client declares something at a broker, before the broker hears of it; answers when it has.</summary>
    public Task CutAtDeclaration() => (declared = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Stop();
        CloseAll();
        flowing.TrySetResult();
        await accepting;
        end.Dispose();
    }

    async Task Accept()
    {
        while (!end.IsCancellationRequested)
            try
            {
                _ = Carry(await listener.AcceptSocketAsync(end.Token));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException) { /* the end, or a caller that hung up */ }
    }

    async Task Carry(Socket near)
    {
        using var far = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        near.NoDelay = true;
        sockets[near] = sockets[far] = 0;
        try
        {
            if (State == LinkState.Cut) return;
            await flowing.Task;
            await far.ConnectAsync(host, port, end.Token);
            await Task.WhenAny(Pump(near, far, asked: true), Pump(far, near, asked: false));
        }
        catch (Exception exception) when (Ended(exception)) { /* the server is away */ }
        finally
        {
            foreach (var socket in (Socket[])[near, far])
            {
                sockets.TryRemove(socket, out _);
                Reset(socket);
            }
        }
    }

    async Task Pump(Socket from, Socket to, bool asked)
    {
        var buffer = new byte[32 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, end.Token) is > 0 and var count)
            {
                if (asked && declared is { } waiting && buffer.AsSpan(0, count).IndexOf(Declare) >= 0)
                {
                    declared = null;
                    Set(LinkState.Cut);
                    waiting.TrySetResult();
                    return;
                }
                if (Delay > TimeSpan.Zero) await Task.Delay(Delay, end.Token);
                await flowing.Task;
                for (var sent = 0; sent < count;) sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), end.Token);
            }
        }
        catch (Exception exception) when (Ended(exception)) { /* one end is gone, so the other goes too */ }
    }

    static bool Ended(Exception exception) => exception is SocketException or ObjectDisposedException or OperationCanceledException;

    void CloseAll()
    {
        foreach (var socket in sockets.Keys) Reset(socket);
    }

    static void Reset(Socket socket)
    {
        try { socket.Close(0); }
        catch (Exception exception) when (Ended(exception)) { /* closed already */ }
    }

    static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }
}
