using System.Collections.Immutable;
using Training.Scheduling.Planning;
using Training.Scheduling.Planning.Explaining;

namespace Training.Scheduling.Situations;

/// <summary>
/// Whether what a planning problem says can be held stands on the exact boards of a finished timetable: that the trainers can leave, and the same learners, as many
/// as are needed, can come to all sessions together.
/// </summary>
sealed class Standing(
    Office office, Attendance attendance, IReadOnlyDictionary<string, SituationRun> runs, IReadOnlyDictionary<Guid, SituationVenue> venues, IReadOnlyDictionary<Guid, SituationTrainer> trainers)
{
    readonly Staff staff = attendance.Staff;
    readonly Dictionary<string, Given> given = attendance.Given.ToDictionary(one => Translation.IdOf(one.Run.Id));

    public bool Of(Relaxation relaxation)
    {
        Stack<Action> undo = new();
        try
        {
            foreach (var post in staff.Board.Posts.Where(post => relaxation.Heads.ContainsKey(Release.ProfileOf(post.Estate, post.Rule))))
                foreach (var slot in relaxation.Witness.SelectMany(SlotsOf).Distinct())
                {
                    var heads = relaxation.Heads[Release.ProfileOf(post.Estate, post.Rule)];
                    post.Spare[slot] += heads;
                    undo.Push(() => post.Spare[slot] -= heads);
                }
            // What is moved leaves its place first, and takes everybody along.
            foreach (var moved in relaxation.Moved.Select(at => at.Activity).Distinct()) Leave(given[moved], undo);
            return relaxation.Witness.GroupBy(at => at.Activity).OrderByDescending(held => given.ContainsKey(held.Key)).All(held => Attend(held.Key, [.. held.OrderBy(at => at.Slot)], undo));
        }
        finally
        {
            while (undo.TryPop(out var step)) step();
        }
    }

    IEnumerable<int> SlotsOf(Placement at) =>
        staff.AwayOf(at.Slot, runs[at.Activity].Minutes / 30, travels: true) is var window ? Enumerable.Range(window.From, window.To - window.From) : [];

    void Leave(Given one, Stack<Action> undo)
    {
        foreach (var at in one.Classes)
        {
            var (span, estate) = (new Known.Span(at.From, at.To), venues[at.Venue].Estate);
            if (trainers[at.Trainer] is { Employee: var employee } trainer && employee != Guid.Empty) Return(employee, trainer.Estate);
            foreach (var demand in one.Run.Demands.Where(demand => one.Learners.Contains(demand.Employee))) Return(demand.Employee, demand.Estate);

            void Return(Guid employee, Guid home)
            {
                var (person, away) = (staff.Find(employee, home), staff.AwayOf(span, travels: home != estate));
                staff.Board.GiveBack(person, away);
                undo.Push(() => staff.Board.Take(person, away));
            }
        }
    }

    bool Attend(string activity, ImmutableArray<Placement> held, Stack<Action> undo)
    {
        var run = runs[activity];
        var (people, least) = given.TryGetValue(activity, out var one) ? (run.Demands.Where(demand => one.Learners.Contains(demand.Employee)), one.Learners.Length)
            : (attendance.MembersOf(run).Select(member => member.Demand), attendance.LeastOf(run));
        var planned = new Office.Held(run, [.. held.Select(at => new Class(staff.Grid.At(at.Slot), staff.Grid.At(at.Slot).AddMinutes(run.Minutes), Guid.Empty, Guid.Empty))]);
        foreach (var at in held)
            if (Guid.TryParse(at.Resources[1], out var id) && trainers[id] is { Employee: var employee } trainer && employee != Guid.Empty && !Take(employee, trainer.Estate, [at])) return false;
        return people.Where(demand => office.IsInOrder(planned, demand)).Count(demand => Take(demand.Employee, demand.Estate, held)) >= least;

        bool Take(Guid employee, Guid home, ImmutableArray<Placement> placements)
        {
            var person = staff.Find(employee, home);
            var away = placements.Select(at => staff.AwayOf(at.Slot, run.Minutes / 30, travels: EstateOf(at) != home)).ToList();
            if (!staff.Board.CanLeave(person, away)) return false;
            foreach (var window in away)
            {
                staff.Board.Take(person, window);
                undo.Push(() => staff.Board.GiveBack(person, window));
            }
            return true;
        }
    }

    /// <summary>One more venue stands nowhere yet.</summary>
    Guid EstateOf(Placement at) => Guid.TryParse(at.Resources[0], out var id) ? venues[id].Estate : Guid.Empty;
}
