using Training.Chaos.Ground;
using Training.Foundation;

namespace Training.Chaos.Load;

/// <summary>Invoices and transfers race for the same few lines; each carries an id, so that it counts once.</summary>
class Finance(Site site, ClientLog log, Group group, int seed) : Actor(site, log, group, seed)
{
    protected const string Budgeting = nameof(Budgeting);

    protected override Task Next(CancellationToken stop, CancellationToken end) => Random.Next(100) switch
    {
        < 60 => Invoice(end),
        < 95 => Transfer(end),
        _ => Transfer(end, amount: -1),
    };

    async Task Invoice(CancellationToken ct)
    {
        var order = NewOrder(Budgeting, "invoice", new("other_actual_posted"), new("line_threshold_reached", 0));
        await Post(order, $"/lines/{Group.LineId(Any(Group.FinanceLines))}/postings",
            new { postingId = order.Id, amount = Random.Next(1, 40), currency = "CNY", documentNo = $"{Group.Tenant}-D{order.Id:N}" }, Role.FinanceController, ct);
    }

    async Task Transfer(CancellationToken ct, int amount = 0)
    {
        var order = NewOrder(Budgeting, "transfer", new("funds_transferred_out"), new("funds_transferred_in"));
        var from = Any(Group.FinanceLines);
        var to = Any([.. Group.FinanceLines.Where(line => line != from)]);
        await Post(order, "/transfers", new
        {
            transferId = order.Id, fromLineId = Group.LineId(from), toLineId = Group.LineId(to), amount = amount == 0 ? Random.Next(1, 60) : amount, currency = "CNY", reason = $"{Group.Tenant}-needed",
        }, Role.FinanceController, ct);
    }
}

/// <summary>Plans and revises the lines; the only one to do so. Its cents are its own, so that no transfer brings a line to what the next revision says.</summary>
sealed class Controller(Site site, ClientLog log, Group group, int seed) : Finance(site, log, group, seed)
{
    int revisions;

    public async Task Settle(CancellationToken ct)
    {
        foreach (var year in (int[])[2030, 2031, 2032]) await Put(NewOrder(Budgeting, "open period", new Expected("period_opened")), $"/periods/{year}", new { currency = "CNY" }, Role.FinanceController, ct);
        foreach (var line in Group.FinanceLines)
            await Put(NewOrder(Budgeting, "plan line", new Expected("line_planned")), $"/lines/{Group.LineId(line)}", Line(line, 2_000), Role.FinanceController, ct);
        // In dollars, so that a request in yuan for it is a message nobody can handle; in a year not opened, which has no currency yet.
        var poisoned = $"{Group.Tenant}-USD";
        await Put(NewOrder(Budgeting, "plan line", new Expected("line_planned")), $"/lines/{Group.LineId(poisoned)}", new
        {
            year = 2040, quarter = "2040Q1", code = poisoned, legalEntity = poisoned, fundCategory = "FC8", frontLine = true, amount = 100, currency = "USD", onOverrun = "Stop", warnAt = 1,
        }, Role.FinanceController, ct);
    }

    protected override async Task Next(CancellationToken stop, CancellationToken end)
    {
        if (Random.Next(3) > 0) { await base.Next(stop, end); return; }
        var line = Any(Group.FinanceLines);
        await Put(NewOrder(Budgeting, "revise line", new Expected("line_revised", 1, 0)), $"/lines/{Group.LineId(line)}", Line(line, 2_000 + 40 * ++revisions + 0.01m * (revisions % 100)), Role.FinanceController, end);
    }

    object Line(string code, decimal amount) => new
    {
        year = 2030, quarter = "2030Q1", code, legalEntity = Group.Entities[0], fundCategory = "FC9", frontLine = false, amount, currency = "CNY", onOverrun = "Stop", warnAt = 0.9,
    };
}
