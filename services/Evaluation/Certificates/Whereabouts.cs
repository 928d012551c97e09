using JasperFx.Events.Grouping;
using Marten.Events.Projections;
using Training.Evaluation.Evaluations;

namespace Training.Evaluation.Certificates;

/// <summary>The estate somebody came from when last at a course: whoever answers for it may see the certificates.</summary>
public record Whereabouts(Guid Id, EstateId EstateId);

public sealed partial class WhereaboutsProjection : MultiStreamProjection<Whereabouts, Guid>
{
    public WhereaboutsProjection()
    {
        FanOut<EvaluationOpened, Attendee>(opened => opened.Attendees, FanoutMode.BeforeGrouping);
        Identity<Attendee>(attendee => attendee.EmployeeId.Value);
    }

    public Whereabouts Create(Attendee e) => new(e.EmployeeId.Value, e.EstateId);
    public Whereabouts Apply(Attendee e, Whereabouts before) => before with { EstateId = e.EstateId };
}
