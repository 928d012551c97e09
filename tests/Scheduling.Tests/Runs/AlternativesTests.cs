using Training.Scheduling.Runs;
using Training.Scheduling.Sessions;
using static Training.Scheduling.Tests.World;

namespace Training.Scheduling.Tests.Runs;

public class AlternativesTests
{
    static CourseRun Of(string name, int day, int learners, string region = "HZ", bool confirmed = true)
    {
        var id = new RunId(Id(name));
        List<IRunFact> facts = [new RunPlanned(id, Offer() with { Region = region }, [.. Enumerable.Range(1, learners).Select(World.Of)], Now), new RunFunded(id, Now),
            new RunPlaced(id, new(Trainer.Id), new(Venue.Id), 3, [new(Session.IdOf(id, 1), At(day, 9), At(day, 13))], Now)];
        if (confirmed) facts.Add(new RunConfirmed(id, 1, Now));
        return Given<CourseRun>.That([.. facts]).State;
    }

    [Fact]
    public void Runs_with_room_are_offered_the_own_region_first()
    {
        var run = Of("cancelled", 0, 3);

        var found = Alternatives.For(run, [run, Of("full", 1, 3), Of("elsewhere", 1, 1, "SH"), Of("later", 3, 2), Of("soon", 2, 1), Of("unconfirmed", 1, 1, confirmed: false)], At(0, 0)).Items;

        Assert.Equal([(Id("soon"), 2), (Id("later"), 1), (Id("elsewhere"), 2)], found.Select(one => (one.RunId, one.FreeSeats)));
    }

    [Fact]
    public void What_has_begun_is_not_offered() => Assert.Empty(Alternatives.For(Of("cancelled", 0, 3), [Of("running", 1, 1)], At(1, 9)).Items);
}
