using JasperFx.Events.Projections;
using Marten;
using Marten.Schema;
using Marten.Schema.Indexing.Unique;
using Training.Foundation;

namespace Training.Catalogue.Courses;

/// <summary>The table of contents: what can be asked, and what is stored.</summary>
public static class Courses
{
    public static void MapCourses(this IEndpointRouteBuilder app)
    {
        var courses = app.MapGroup("/courses").WithTags("Courses");

        courses.MapPut("{courseId:guid}", PublishCourseHandler.Handle).For(May.OfferCourses);
        courses.MapPost("{courseId:guid}/retire", RetireCourseHandler.Handle).For(May.OfferCourses);
        courses.MapGet("", ListCourses.Handle).For(May.SeeCourses);
        courses.MapGet("{courseId:guid}", GetCourse.Handle).For(May.SeeCourses);
    }

    public static StoreOptions AddCourses(this StoreOptions store)
    {
        store.Projections.Snapshot<Course>(SnapshotLifecycle.Inline);
        store.Schema.For<Course>().UniqueIndex(UniqueIndexType.Computed, "course_code", TenancyScope.PerTenant, course => course.Code);
        return store;
    }
}
