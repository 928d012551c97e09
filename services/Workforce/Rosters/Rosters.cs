using JasperFx.Events.Projections;
using Marten;

namespace Training.Workforce.Rosters;

/// <summary>The table of contents: what is stored. Rosters come in through the HR edge and are read in Scheduling.</summary>
public static class Rosters
{
    public static StoreOptions AddRosters(this StoreOptions store)
    {
        store.Projections.Snapshot<Roster>(SnapshotLifecycle.Inline);
        return store;
    }
}
