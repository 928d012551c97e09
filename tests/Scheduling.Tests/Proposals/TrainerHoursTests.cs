using Training.Scheduling.Known;
using Training.Scheduling.Proposals;
using static Training.Scheduling.Tests.World;

namespace Training.Scheduling.Tests.Proposals;

public class TrainerHoursTests
{
    static readonly DateOnly NewYear = new(2027, 1, 1);

    /// <summary>Four hours in the morning of a local day.</summary>
    static Span On(DateOnly day, double hour = 9, double hours = 4)
    {
        var from = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.FromHours(8)).AddHours(hour).ToUniversalTime();
        return new(from, from.AddHours(hours));
    }

    static Span[] Classes(DateOnly first, int count) => [.. Enumerable.Range(0, count).Select(day => On(first.AddDays(day)))];

    /// <summary>A tenth of a year unless told.</summary>
    static decimal Left(decimal hoursPerYear, DateOnly? from = null, int days = 73, Span[]? others = null, Span[]? own = null, decimal longest = 4)
    {
        var first = from ?? new(2027, 3, 1);
        var request = new PlanRequested(new(Id("proposal")), new(Id("plan")), ["HZ"], first, first.AddDays(days - 1), new(60, 0, 1), "", 2, "ana", Now);
        return TrainerHours.Left(hoursPerYear, request, Zone, others ?? [], own ?? [], longest);
    }

    [Fact]
    public void The_share_of_the_year_is_rounded_up_to_whole_runs()
    {
        Assert.Equal(40, Left(200));
        Assert.Equal(44, Left(201));
        Assert.Equal(4, Left(1_460, days: 1));
        Assert.Equal(48, Left(201, longest: 8));
        Assert.Equal(40, Left(200, longest: 0));
    }

    [Fact]
    public void What_he_teaches_besides_comes_off_the_share_and_off_the_year()
    {
        Assert.Equal(32, Left(200, others: Classes(new(2027, 3, 1), 2)));
        Assert.Equal(40, Left(200, others: Classes(new(2027, 6, 1), 2)));
        Assert.Equal(12, Left(200, others: Classes(new(2027, 6, 1), 47)));
        Assert.Equal(0, Left(200, others: Classes(new(2027, 6, 1), 50)));
        Assert.Equal(0, Left(200, others: Classes(new(2027, 6, 1), 60)));
        Assert.Equal(0, Left(200, others: Classes(new(2027, 3, 1), 10)));
    }

    [Fact]
    public void What_is_left_is_never_exceeded_by_the_last_run() => Assert.Equal(2, Left(10, days: 365, others: [On(new(2027, 3, 1)), On(new(2027, 3, 2))]));

    [Fact]
    public void Years_have_their_own_hours_and_a_plan_across_the_new_one_takes_the_lesser()
    {
        // 40 h in December and nothing in January: both years' hours don't come off one.
        Assert.Equal(8, Left(48, NewYear.AddDays(-1), days: 60, others: Classes(new(2026, 11, 1), 10)));
        Assert.Equal(8, Left(48, NewYear.AddDays(-1), days: 60, others: [.. Classes(new(2026, 11, 1), 10), .. Classes(new(2027, 4, 1), 10)]));
        Assert.Equal(4, Left(48, NewYear.AddDays(-1), days: 60, others: [.. Classes(new(2026, 11, 1), 10), .. Classes(new(2027, 4, 1), 11)]));
    }

    [Fact]
    public void Days_and_years_are_local()
    {
        // From 07:00 on the first of January in Shanghai it is still December in Greenwich.
        var early = On(NewYear, hour: 7);
        Assert.Equal(44, Left(48, NewYear, days: 365, others: [early]));
        Assert.Equal(48, Left(48, new(2026, 1, 1), days: 365, others: [early]));
    }

    [Fact]
    public void What_he_teaches_already_stays_and_counts_outside_of_the_horizon_too()
    {
        Assert.Equal(60, Left(200, own: Classes(new(2027, 3, 1), 15)));
        Assert.Equal(40, Left(200, own: Classes(new(2027, 3, 1), 2)));
        Assert.Equal(44, Left(200, own: [On(new(2027, 2, 28)), On(new(2027, 3, 1))]));
        Assert.Equal(12, Left(12, days: 365, own: [On(new(2027, 2, 28))]));
    }
}
