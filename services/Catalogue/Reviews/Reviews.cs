using Marten;
using Training.Foundation;

namespace Training.Catalogue.Reviews;

/// <summary>The table of contents: what can be asked, and what is stored.</summary>
public static class Reviews
{
    public static void MapReviews(this IEndpointRouteBuilder app)
    {
        var reviews = app.MapGroup("").For(May.Review).WithTags("Reviews");

        reviews.MapGet("/coverage", GetCoverage.Handle);
        reviews.MapGet("/capacity", GetCapacity.Handle);
        reviews.MapGet("/summary", GetSummary.Handle);
    }

    public static StoreOptions AddReviews(this StoreOptions store)
    {
        store.Schema.For<KnownStandard>();
        return store;
    }
}
