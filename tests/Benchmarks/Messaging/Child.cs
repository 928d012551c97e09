using System.Diagnostics;
using System.Text.Json;

namespace Training.Benchmarks.Messaging;

/// <summary>This program, started a second time to be another service. It answers one line for each line it is asked.</summary>
sealed class Child : IAsyncDisposable
{
    readonly Process process;
    readonly CpuMeter meter;

    Child(Process process, CpuMeter meter) => (this.process, this.meter) = (process, meter);

    public int Id => process.Id;

    /// <summary>Answers when the service has started.</summary>
    public static async Task<Child> Start(CpuMeter meter, string role, Place place)
    {
        var program = Environment.ProcessPath ?? throw new InvalidOperationException("This program has no path.");
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet") start.ArgumentList.Add(typeof(Child).Assembly.Location);
        foreach (var argument in (string[])["messaging", "role", role, place.Name, place.Store, place.Bus]) start.ArgumentList.Add(argument);
        var process = Process.Start(start) ?? throw new InvalidOperationException("The other service doesn't start.");
        var child = new Child(process, meter);
        if (await process.StandardOutput.ReadLineAsync() != Roles.Ready) throw new InvalidOperationException($"The {role} ended before it was ready.");
        meter.Add(process.Id);
        return child;
    }

    public async Task<int> Count() => JsonSerializer.Deserialize<int>(await Ask("count"));

    public async Task<Effect[]> Effects() => JsonSerializer.Deserialize<Effect[]>(await Ask("effects")) ?? [];

    public async ValueTask DisposeAsync()
    {
        meter.Remove(process.Id);
        await process.StandardInput.WriteLineAsync("stop");
        await process.WaitForExitAsync();
        process.Dispose();
    }

    async Task<string> Ask(string what)
    {
        await process.StandardInput.WriteLineAsync(what);
        return await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The other service has ended.");
    }
}
