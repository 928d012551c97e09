using Marten;

namespace Training.Evaluation.Knowledge;

/// <summary>The table of contents: what this service keeps of what others told it.</summary>
public static class Knowledge
{
    public static StoreOptions AddKnowledge(this StoreOptions store)
    {
        store.RegisterValueType<EmployeeId>();
        store.RegisterValueType<EstateId>();
        store.RegisterValueType<CourseId>();
        store.RegisterValueType<RunId>();
        store.Schema.For<KnownEstate>();
        store.Schema.For<KnownCourse>();
        store.Schema.For<RaisedLevel>().Index(raised => raised.CompetencyCode);
        return store;
    }
}
