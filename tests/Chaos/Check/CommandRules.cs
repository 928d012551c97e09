using Training.Chaos.Load;

namespace Training.Chaos.Check;

/// <summary>An acknowledged command left its facts exactly once, a refused one none, and no fact came from nowhere.</summary>
static class CommandRules
{
    static readonly HashSet<string> OwnAccord = ["funding-deadline"];

    public static IEnumerable<Violation> Check(Index index)
    {
        var orders = index.History.Orders.ToDictionary(order => order.Id.ToString());
        // A person's fact has no cause; the HR edge names the message; what waits in quarantine is known by it.
        var direct = index.History.Facts.Where(fact => fact.Causation == "" || !Guid.TryParse(fact.Causation, out var id) || !index.Messages.ContainsKey(id))
            .ToLookup(fact => fact.Type == "message_quarantined" ? fact.Data.Text("eventId") : fact.Correlation);

        foreach (var order in orders.Values)
        {
            var left = direct[order.Id.ToString()].Where(fact => fact.Service == order.Service).ToList();
            switch (order.Reply)
            {
                case Reply.Open: yield return new(Breach.Unsettled, $"{Name(order)} was never answered."); break;
                case Reply.Refused when left.Count > 0: yield return new(Breach.Doubled, $"{Name(order)} was refused ({order.Code}) and left {left[0]}."); break;
                case Reply.Acknowledged:
                    foreach (var violation in Accounted(order, left)) yield return violation;
                    if (order.OtherAnswer != "") yield return new(Breach.Answer, $"{Name(order)} was acknowledged, and refused when repeated: {order.OtherAnswer}.");
                    break;
            }
        }
        foreach (var stray in direct.Where(facts => !orders.ContainsKey(facts.Key)).SelectMany(facts => facts).Where(fact => !OwnAccord.Contains(fact.Actor)))
            yield return new(Breach.Doubled, $"Nobody asked for {stray}, correlation '{stray.Correlation}', cause '{stray.Causation}'.");
    }

    static IEnumerable<Violation> Accounted(Order order, List<StoredFact> left)
    {
        foreach (var expected in order.Facts)
        {
            var (count, most) = (left.Count(fact => fact.Type == expected.Type), expected.Most == 0 ? order.Attempts : expected.Most);
            if (count < expected.Least) yield return new(Breach.Lost, $"{Name(order)} was acknowledged and left {count} of {expected.Least} {expected.Type}.");
            if (count > most) yield return new(Breach.Doubled, $"{Name(order)} left {count} {expected.Type} instead of {most}.");
        }
        foreach (var foreign in left.Where(fact => fact.Tenant != order.Tenant)) yield return new(Breach.Tenant, $"{Name(order)} left {foreign}.");
    }

    static string Name(Order order) => $"Command {order.Kind} {order.Id} of {order.Tenant} ({order.Attempts} attempts)";
}
