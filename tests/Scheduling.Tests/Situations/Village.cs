using System.Collections.Immutable;
using Training.Scheduling.Situations;
using static Training.Scheduling.Tests.World;

namespace Training.Scheduling.Tests.Situations;

/// <summary>One estate with a gate that two guards keep by day and one by night, a room, a trainer and a course of four hours.</summary>
static class Village
{
    public static readonly Guid FireRun = Id("village-run"), FireCourse = Id("village-course"), LiId = Id("village-trainer"), RoomId = Id("village-room");

    /// <summary>Guards 1–3 by day, guard 4 by night, 5 and 6 without duty; the gate needs one.</summary>
    public static readonly SituationEstate Gate = new(Estate.Value, "EST-01")
    {
        Posts = [Always("GATE", 1)],
        RosteredWeeks = [Monday.AddDays(-7), Monday, Monday.AddDays(7)],
        Shifts = [.. Enumerable.Range(0, 7).SelectMany(day => new[] { Shift("GATE", day, 7, 20, 1, 2, 3), Shift("GATE", day, 20, 31, 4) })],
    };

    public static readonly SituationTrainer Li = new(LiId, "Li", "HZ", 40) { Authorised = ImmutableDictionary<Guid, DateOnly>.Empty.Add(FireCourse, Monday.AddDays(90)), FeePerHour = 300 };
    public static readonly SituationVenue Room = new(RoomId, "Room 1", "HZ", 20) { Estate = Estate.Value, Equipment = ["projector"], RatePerHour = 50 };
    public static readonly SituationRun Fire = new(FireRun, Id("line"), FireCourse, "K05", "HZ") { MinLearners = 2, Seats = 3, Demands = [Wants(1), Wants(2), Wants(5)] };

    public static Demand Wants(int person, int worth = 1_000) => new(Person(person).Value, Estate.Value, worth);

    public static Situation With(params SituationRun[] runs) => new(Monday, Monday.AddDays(4), Zone) { Runs = [.. runs], Trainers = [Li], Venues = [Room], Estates = [Gate] };
}
