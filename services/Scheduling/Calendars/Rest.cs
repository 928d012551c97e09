using Training.Scheduling.Known;

namespace Training.Scheduling.Calendars;

/// <summary>
/// Eleven hours of rest: duties and other classes less than 11 h apart from a class, or from each other, form one working spell with it, and such a spell may
/// last 13 h at most, so that every day keeps its 11 h. A class inside a duty takes no rest away, however long the duty is.
/// </summary>
public static class Rest
{
    public static readonly TimeSpan Least = TimeSpan.FromHours(11), LongestSpell = TimeSpan.FromHours(13);

    public static bool Remains(IReadOnlyCollection<Span> duties, IEnumerable<Span> classes, Span away)
    {
        if (Joined(duties).Any(duty => duty.From <= away.From && away.To <= duty.To)) return true;
        var (spell, work) = (away, duties.Concat(classes).ToList());
        while (work.Find(one => one.Overlaps(spell.Widened(Least)) && (one.From < spell.From || spell.To < one.To)) is { } near)
            spell = new(Earlier(spell.From, near.From), Later(spell.To, near.To));
        return spell.Length <= LongestSpell;
    }

    /// <summary>Rosters cut duties at midnight between two weeks.</summary>
    static List<Span> Joined(IEnumerable<Span> duties)
    {
        List<Span> joined = [];
        foreach (var duty in duties.OrderBy(duty => duty.From))
            if (joined.Count > 0 && duty.From <= joined[^1].To) joined[^1] = joined[^1] with { To = Later(joined[^1].To, duty.To) };
            else joined.Add(duty);
        return joined;
    }

    static DateTimeOffset Earlier(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;
    static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;
}
