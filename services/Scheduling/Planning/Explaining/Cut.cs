using Google.OrTools.Graph;

namespace Training.Scheduling.Planning.Explaining;

/// <summary>
/// Proves that activities need more than there is, whatever the plan: their meetings are cut into slots that may lie anywhere in their windows and be served
/// by anyone, which only makes it easier; where even then the maximum flow is less than the demand, the minimum cut names what binds.
/// </summary>
sealed class Cut(PlanningProblem problem, CompiledProblem p)
{
    const int Time = -1;

    /// <summary>What an activity must have; slots are in how many a meeting draws, where that and the amount are the same whenever it is, otherwise 0.</summary>
    sealed record Member(int Activity, int Demand, int Slots, IEnumerable<(int Slot, int Most)> Edges);

    readonly Draft locked = new(p);
    readonly Dictionary<(int Activity, int Profile), Member> members = [];

    /// <summary>The activity and others draw more from one of its profiles than that can spare.</summary>
    public IEnumerable<Reason> Coverage(int activity, CancellationToken ct)
    {
        foreach (var name in problem.Activities[activity].Draws.Select(draw => draw.Profile).Distinct())
        {
            ct.ThrowIfCancellationRequested();
            var profile = Array.FindIndex([.. problem.Profiles], one => one.Id == name);
            var free = problem.Profiles[profile].Free.ToArray();
            for (var m = 0; m < p.MeetingCount; m++)
                if (locked.IsPlaced(m))
                    foreach (var (slot, amount) in Drawn(p.ActivityOf[m], profile, locked.Slot[m])) free[slot] -= amount;
            var members = Enumerable.Range(0, p.ActivityCount).Where(a => problem.Activities[a].Draws.Any(draw => draw.Profile == name))
                .Select(a => MemberOf(a, profile)).Where(member => member.Demand > 0).ToList();
            foreach (var reason in Find(activity, members, slot => Math.Max(0, free[slot]), long.MaxValue, inHeads: true))
                yield return reason with { Code = ReasonCode.CoverageOverbooked, About = name };
        }
    }

    /// <summary>The activity and others that have no other choice need its fitting resources longer than those are there.</summary>
    public IEnumerable<Reason> Resources(int activity, CancellationToken ct)
    {
        for (var need = 0; need < p.NeedCount[activity]; need++)
        {
            ct.ThrowIfCancellationRequested();
            var fitting = p.Candidates[(activity * p.Needs) + need].ToHashSet();
            bool HasNoOther(int a) => Enumerable.Range(0, p.NeedCount[a]).Any(other =>
                p.Candidates[(a * p.Needs) + other] is { Length: > 0 } candidates && candidates.All(fitting.Contains));
            var members = Enumerable.Range(0, p.ActivityCount).Where(HasNoOther)
                .Select(a => MemberOf(a, Time)).Where(member => member.Demand > 0).ToList();
            var hours = fitting.Any(resource => problem.Resources[resource].MostSlots == int.MaxValue) ? long.MaxValue
                : fitting.Sum(resource => Math.Max(0L, problem.Resources[resource].MostSlots - locked.ServedBy(resource)));
            foreach (var reason in Find(activity, members, slot => fitting.Count(resource => locked.IsIdle(resource, slot)), hours, inHeads: false))
                yield return reason with { About = problem.Activities[activity].Needs[need].Kind };
        }
    }

    IEnumerable<(int Slot, int Amount)> Drawn(int activity, int profile, int start) =>
        p.DrawnBy(activity, start).Where(use => use.Profile == profile).Select(use => (use.Slot, use.Amount));

    /// <summary>What it draws from a profile, or of time.</summary>
    Member MemberOf(int activity, int profile) => members.TryGetValue((activity, profile), out var known) ? known : members[(activity, profile)] =
        MemberOf(activity, start => profile == Time ? Enumerable.Range(start, p.Duration[activity]).Select(slot => (slot, 1)) : Drawn(activity, profile, start));

    Member MemberOf(int activity, Func<int, IEnumerable<(int Slot, int Amount)>> drawnFrom)
    {
        var waiting = Enumerable.Range(p.FirstMeeting[activity], p.FirstMeeting[activity + 1] - p.FirstMeeting[activity]).Count(meeting => !locked.IsPlaced(meeting));
        Dictionary<int, (int Amount, int Meetings, int Last)> most = [];
        var (least, slots) = (int.MaxValue, -1);
        foreach (var start in p.Starts[activity])
        {
            var drawn = drawnFrom(start).GroupBy(use => use.Slot, use => use.Amount).Select(use => (Slot: use.Key, Amount: use.Sum())).ToList();
            // Meetings don't overlap, but the ways to and from two of them may: a slot counts for as many as can be side by side around it.
            foreach (var (slot, amount) in drawn)
                most[slot] = !most.TryGetValue(slot, out var seen) ? (amount, 1, start)
                    : start >= seen.Last + p.Duration[activity] ? (Math.Max(amount, seen.Amount), seen.Meetings + 1, start) : seen with { Amount = Math.Max(amount, seen.Amount) };
            least = Math.Min(least, drawn.Sum(use => use.Amount));
            var even = drawn.Select(use => use.Amount).Distinct().Count() == 1 ? drawn.Count : 0;
            slots = slots < 0 || slots == even ? even : 0;
        }
        return new(activity, p.Starts[activity].Length == 0 ? 0 : waiting * least, Math.Max(0, slots), most.Select(use => (use.Key, use.Value.Amount * Math.Min(waiting, use.Value.Meetings))));
    }

    IEnumerable<Reason> Find(int activity, List<Member> members, Func<int, int> free, long hours, bool inHeads)
    {
        var slots = members.SelectMany(member => member.Edges.Select(edge => edge.Slot)).Distinct().Order().ToList();
        var node = slots.Select((slot, index) => (slot, index)).ToDictionary(pair => pair.slot, pair => members.Count + 1 + pair.index);
        var (hub, sink) = (members.Count + slots.Count + 1, members.Count + slots.Count + 2);
        var flow = new MaxFlow();
        foreach (var (member, index) in members.Select((member, index) => (member, index + 1)))
        {
            flow.AddArcWithCapacity(0, index, member.Demand);
            foreach (var (slot, most) in member.Edges) flow.AddArcWithCapacity(index, node[slot], most);
        }
        foreach (var slot in slots) flow.AddArcWithCapacity(node[slot], hub, free(slot));
        var demand = members.Sum(member => (long)member.Demand);
        flow.AddArcWithCapacity(hub, sink, Math.Min(hours, demand));
        if (flow.Solve(0, sink) != MaxFlow.Status.OPTIMAL || flow.OptimalFlow() == demand) yield break;

        var reached = Reached(flow);
        var binding = members.Where((_, index) => reached.Contains(index + 1)).ToList();
        if (!binding.Any(member => member.Activity == activity)) yield break;
        var needed = binding.Sum(member => member.Demand);
        var have = Enumerable.Range(0, flow.NumArcs()).Where(arc => flow.Tail(arc) == 0 && reached.Contains(flow.Head(arc))).Sum(arc => (int)flow.Flow(arc));
        // Heads can be counted where all are away for equally long; otherwise only their time can.
        var inPeople = inHeads && binding[0].Slots > 0 && binding.All(member => member.Slots == binding[0].Slots);
        var even = inPeople ? binding[0].Slots : 1;
        yield return new(reached.Contains(hub) ? ReasonCode.HoursOverbooked : ReasonCode.ResourcesOverbooked)
        {
            Needed = needed / even, Have = have / even, Of = binding.Count, PerSlot = !inPeople, Activities = [.. binding.Select(member => problem.Activities[member.Activity].Id)],
            Slot = binding.SelectMany(member => member.Edges).Max(edge => edge.Slot),
        };
    }

    /// <summary>What the source still reaches when the flow is greatest.</summary>
    static HashSet<int> Reached(MaxFlow flow)
    {
        var next = new Dictionary<int, List<int>>();
        void Open(int from, int to)
        {
            if (next.TryGetValue(from, out var list)) list.Add(to);
            else next[from] = [to];
        }
        for (var arc = 0; arc < flow.NumArcs(); arc++)
        {
            if (flow.Flow(arc) < flow.Capacity(arc)) Open(flow.Tail(arc), flow.Head(arc));
            if (flow.Flow(arc) > 0) Open(flow.Head(arc), flow.Tail(arc));
        }
        HashSet<int> reached = [0];
        Queue<int> waiting = new(reached);
        while (waiting.TryDequeue(out var at))
            if (next.TryGetValue(at, out var onward))
                foreach (var to in onward)
                    if (reached.Add(to)) waiting.Enqueue(to);
        return reached;
    }
}
