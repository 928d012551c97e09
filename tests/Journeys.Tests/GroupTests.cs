using Training.Demo;

namespace Training.Journeys.Tests;

public class GroupTests
{
    static readonly Group Whole = Group.Load(40);
    static readonly People People = new(Whole);
    static readonly Quarter Quarter = Quarter.After(new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero), TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));

    [Fact]
    public void The_group_has_the_heads_households_and_wages_of_the_reference()
    {
        Assert.True(Whole.IsWhole);
        Assert.Equal(6_000, People.All.Count);
        Assert.Equal(17_276, Whole.Estates.Sum(estate => estate.Households));
        Assert.Equal(4_126, Whole.Estates.Sum(estate => estate.Sample));
        Assert.Equal(355_598_000, People.All.Sum(person => Whole.Positions.Single(position => position.Code == person.Position).AnnualWage));
        Assert.Equal(5_778_155, Whole.BudgetLines.Sum(line => line.Amount));
        Assert.Equal(40, Whole.Checklist.Sum(section => section.Items.Count));
        Assert.Equal(6_000, People.All.Select(person => person.EmployeeNo).Distinct().Count());
    }

    [Fact]
    public void The_faculty_has_the_heads_of_the_reference()
    {
        var grades = Faculty.Internal(Whole, People).CountBy(trainer => trainer.Grade).ToDictionary();

        Assert.Equal(new Dictionary<string, int> { ["I1"] = 52, ["I2"] = 44, ["I3"] = 10, ["OJT"] = 260 }, grades);
        Assert.Equal(39, Faculty.External().Count());
    }

    [Fact]
    public void As_many_stand_below_standard_as_the_reference_plants()
    {
        var prepared = People.Roles.Select(role => role.Person).ToHashSet();
        foreach (var competency in Whole.Competencies)
        {
            var holders = People.All.Where(person => competency.Required.ContainsKey(person.Position) && !prepared.Contains(person)).ToList();
            var below = holders.Count(person => People.LevelsOf(person.EmployeeId)[competency.Code] < competency.Required[person.Position]);

            Assert.Equal((double)competency.GapShare, (double)below / holders.Count, 0.015);
        }
    }

    /// <summary>Every half hour of the quarter, at every estate.</summary>
    [Fact]
    public void Before_anybody_trains_every_post_has_its_minimum()
    {
        foreach (var estate in Whole.Managed)
            foreach (var monday in Quarter.Weeks)
            {
                var duties = Rota.Week(estate, People, monday).ToLookup(duty => duty.Post);
                foreach (var minimum in Rota.Minimums(estate))
                    for (var slot = monday.ToDateTime(TimeOnly.MinValue); slot < monday.AddDays(7).ToDateTime(TimeOnly.MinValue); slot = slot.AddMinutes(30))
                    {
                        if (minimum.From != minimum.To && !TimeOnly.FromDateTime(slot).IsBetween(minimum.From, minimum.To)) continue;
                        var heads = duties[minimum.Post].Where(duty => duty.From <= slot && slot < duty.To).Sum(duty => duty.People.Count);
                        Assert.True(heads >= minimum.Heads, $"{estate.Code} {minimum.Post} {slot:yyyy-MM-dd HH:mm}: {heads} of {minimum.Heads}");
                    }
            }
    }

    /// <summary>The weeks are cut at their edges, so duties that follow at once are one.</summary>
    [Fact]
    public void Nobody_has_less_than_eleven_hours_between_two_duties()
    {
        foreach (var estate in Whole.Estates)
        {
            var duties = Quarter.Weeks.SelectMany(monday => Rota.Week(estate, People, monday)).SelectMany(duty => duty.People.Select(person => (person, duty)));
            foreach (var own in duties.GroupBy(pair => pair.person.PersonId, pair => pair.duty))
            {
                var inOrder = own.OrderBy(duty => duty.From).ToList();
                foreach (var (before, after) in inOrder.Zip(inOrder.Skip(1)))
                    Assert.True(after.From == before.To && before.To.TimeOfDay == TimeSpan.Zero || after.From - before.To >= TimeSpan.FromHours(11), $"{own.Key}: {before.To} to {after.From}");
            }
        }
    }

    [Fact]
    public void A_small_group_keeps_its_head_office_and_its_regions_faculty()
    {
        var small = Group.Load(2);

        Assert.Equal(["EST-01", "EST-09", "HQ-01"], small.Estates.Select(estate => estate.Code));
        Assert.Equal(["HZ", "SH"], small.Regions.Select(region => region.Code));
        Assert.Equal(10, Faculty.Internal(small, new(small)).Count(trainer => trainer.Grade == "I3"));
    }

    [Theory]
    [InlineData("2026-11-24T00:00:00Z", "2027Q1", "2027-01-01", "2027-03-31", "2027-01-04")]
    [InlineData("2027-02-10T00:00:00Z", "2027Q2", "2027-04-01", "2027-06-30", "2027-04-05")]
    [InlineData("2026-12-31T20:00:00Z", "2027Q2", "2027-04-01", "2027-06-30", "2027-04-05")]
    public void The_quarter_is_the_next_one_that_begins(string now, string label, string first, string last, string monday)
    {
        var quarter = Quarter.After(DateTimeOffset.Parse(now, null), Quarter.Zone);

        Assert.Equal((label, first, last), (quarter.Label, Quarter.Day(quarter.First), Quarter.Day(quarter.Last)));
        Assert.Equal(monday, Quarter.Day(quarter.Weeks.First()));
    }
}
