using Training.Catalogue.Courses;
using static Training.Catalogue.Courses.RetireCourseHandler;
using static Training.Catalogue.Tests.CatalogueFacts;

namespace Training.Catalogue.Tests.Courses;

public class RetireCourseTests
{
    static readonly CoursePublished Fact = Published("K05");

    [Fact]
    public void A_course_is_retired_once()
    {
        Given<Course>.That(Fact).When(course => Decide(course, [course], new(Now))).Then(new CourseRetired(Fact.CourseId, Now));
        Given<Course>.That(Fact, new CourseRetired(Fact.CourseId, Now)).When(course => Decide(course, [course], new(Now))).ThenNothing();
    }

    [Fact]
    public void What_a_live_course_asks_for_before_stays()
    {
        var later = Published("K06", Content with { Prerequisites = [Fact.CourseId] });
        Given<Course>.That(Fact).When(course => Decide(course, [course, Given<Course>.That(later).State], new(Now))).ThenBroken("still-prerequisite");
        Given<Course>.That(Fact).When(course => Decide(course, [course, Given<Course>.That(later, new CourseRetired(later.CourseId, Now)).State], new(Now)))
            .Then(new CourseRetired(Fact.CourseId, Now));
    }
}
