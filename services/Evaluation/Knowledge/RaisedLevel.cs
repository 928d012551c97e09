namespace Training.Evaluation.Knowledge;

/// <summary>A level of competency that rose on the test of a course run, at the estate the learner belonged to then.</summary>
public record RaisedLevel(Guid Id, EmployeeId EmployeeId, EstateId EstateId, string CompetencyCode, RunId RunId, int FromLevel, int ToLevel, DateTimeOffset At);
