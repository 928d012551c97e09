using System.Diagnostics;
using System.Net.Sockets;
using System.Net;

namespace Training.Testing;

/// <summary>A service as a process of its own, so that it can die.</summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    readonly Process process;

    ServiceProcess(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Starts what was compiled for <paramref name="program"/> and waits until it is ready.</summary>
    public static async Task<ServiceProcess> Start(Type program, params (string Key, string Value)[] settings)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}/");
        var start = new ProcessStartInfo("dotnet", [program.Assembly.Location]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = AppContext.BaseDirectory };
        start.Environment["ASPNETCORE_URLS"] = address.ToString();
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        foreach (var (key, value) in settings) start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        var process = Process.Start(start) ?? throw new InvalidOperationException("No process.");
        process.OutputDataReceived += (_, line) => Console.WriteLine(line.Data);
        process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        var service = new ServiceProcess(process, address);
        using var client = new HttpClient { BaseAddress = address };
        await Eventually.True(async () =>
        {
            if (process.HasExited) throw new InvalidOperationException($"{program.Assembly.GetName().Name} ended with {process.ExitCode}.");
            try { return (await client.GetAsync("ready")).IsSuccessStatusCode; }
            catch (HttpRequestException) { return false; }
        }, "the service is ready", TimeSpan.FromSeconds(60));
        return service;
    }

    /// <summary>As the operating system does it: nothing is finished, nothing is said.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) await Kill();
        process.Dispose();
    }
}
