using CsCheck;
using Training.Catalogue.Courses;
using Training.Foundation;
using static Training.Catalogue.Courses.PublishCourseHandler;
using static Training.Catalogue.Tests.CatalogueFacts;

namespace Training.Catalogue.Tests.Courses;

public class PublishCourseTests
{
    static readonly CoursePublished Fact = Published("K05");
    static readonly PublishCourse Same = new(Fact.CourseId, "K05", Content, Now);

    static Outcome Publish(CourseContent content, params Course[] all) => GivenNothing.When(() => Decide(null, all, Same with { Content = content }));

    [Fact]
    public void A_new_course_is_version_one() => Publish(Content).Then(Fact);

    [Fact]
    public void The_same_content_again_is_no_new_version() =>
        Given<Course>.That(Fact).When(course => Decide(course, [course], Same with { Content = Content with { Steps = [.. Content.Steps] } })).ThenNothing();

    [Fact]
    public void Changed_content_is_the_next_version() =>
        Given<Course>.That(Fact, new CoursePublished(Fact.CourseId, "K05", 2, Content with { Minutes = 300 }, Now)).When(course => Decide(course, [course], Same))
            .Then(new CoursePublished(Fact.CourseId, "K05", 3, Content, Now));

    [Fact]
    public void The_code_stays() =>
        Given<Course>.That(Fact).When(course => Decide(course, [course], Same with { Code = "K06" })).ThenBroken("code-fixed");

    [Fact]
    public void A_code_names_one_course() => Publish(Content, Course("K05")).ThenBroken("code-taken");

    [Fact]
    public void A_course_has_a_code() => GivenNothing.When(() => Decide(null, [], Same with { Code = "" })).ThenBroken("no-code");

    [Fact]
    public void A_retired_course_is_not_published_again() =>
        Given<Course>.That(Fact, new CourseRetired(Fact.CourseId, Now)).When(course => Decide(course, [course], Same)).ThenBroken("course-retired");

    [Fact]
    public void Learners_fit_between_minimum_and_maximum()
    {
        Publish(Content with { MinLearners = 16 }).ThenBroken("minimum-above-maximum");
        Publish(Content with { MinLearners = 0 }).ThenBroken("no-minimum");
        Publish(Content with { MinLearners = 15 }).Then(Fact with { Content = Content with { MinLearners = 15 } });
    }

    [Fact]
    public void E_learning_needs_neither_learners_at_once_nor_a_trainer()
    {
        var alone = Content with { Mode = Mode.ELearning, MinLearners = 0, MaxLearners = 0, TrainerGrade = Grade.E };
        Publish(alone).Then(Fact with { Content = alone });
        Publish(Content with { TrainerGrade = Grade.E }).ThenBroken("no-trainer-grade");
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(4, 3)]
    [InlineData(-1, 3)]
    [InlineData(3, 6)]
    public void Levels_rise_between_0_and_5(int from, int to) => Publish(Content with { Steps = [new("C13", from, to)] }).ThenBroken("step-out-of-range");

    [Fact]
    public void Contradictions_are_refused()
    {
        Publish(Content with { Steps = [] }).ThenBroken("no-steps");
        Publish(Content with { Minutes = 0 }).ThenBroken("no-duration");
        Publish(Content with { ValidityMonths = -1 }).ThenBroken("negative-validity");
        Publish(Content with { CostPerRun = Cny(-1) }).ThenBroken("negative-cost");
        Publish(Content with { CostPerLearner = Cny(-1) }).ThenBroken("negative-cost");
        Publish(Content with { CostPerRun = new Money(1, "Yuan") }).ThenBroken("no-currency");
        Publish(Content with { Audience = [new("SEC", 0)] }).ThenBroken("frequency-out-of-range");
    }

    [Fact]
    public void Prerequisites_are_known_and_not_circular()
    {
        var first = Course("K04");
        Publish(Content with { Prerequisites = [new(first.Id)] }, first).Then(Fact with { Content = Content with { Prerequisites = [new(first.Id)] } });
        Publish(Content with { Prerequisites = [new(first.Id)] }).ThenBroken("unknown-prerequisite");
        Publish(Content with { Prerequisites = [Fact.CourseId] }).ThenBroken("circular-prerequisites");

        var second = Course("K06", Content with { Prerequisites = [Fact.CourseId] });
        Given<Course>.That(Fact).When(course => Decide(course, [course, second], Same with { Content = Content with { Prerequisites = [new(second.Id)] } }))
            .ThenBroken("circular-prerequisites");
    }

    /// <summary>Whatever prerequisites are published in whatever order: what is accepted can always be passed in some order.</summary>
    [Fact]
    public void Accepted_prerequisites_never_form_a_circle() => Gen.Select(Gen.Int[0, 5], Gen.Int[0, 5].Array[0, 3]).Array[0, 30].Sample(steps =>
    {
        CourseId[] ids = [.. Enumerable.Range(0, 6).Select(i => new CourseId(DerivedId.Of("course", $"{i}")))];
        var all = ids.ToDictionary(id => id, id => Given<Course>.That(new CoursePublished(id, $"K{Array.IndexOf(ids, id)}", 1, Content, Now)).State);
        foreach (var (which, before) in steps)
        {
            var command = new PublishCourse(ids[which], $"K{which}", Content with { Prerequisites = [.. before.Distinct().Select(i => ids[i])] }, Now);
            try { foreach (var fact in Decide(all[ids[which]], all.Values, command).OfType<CoursePublished>()) all[ids[which]] = all[ids[which]].Apply(fact); }
            catch (RuleBroken broken) { Assert.Equal("circular-prerequisites", broken.Code); }
        }
        var left = all.Values.ToList();
        while (left.RemoveAll(course => course.Content.Prerequisites.All(id => left.All(other => other.Id != id.Value))) > 0) { }
        Assert.Empty(left);
    }, iter: 300);
}
