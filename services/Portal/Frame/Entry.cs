using System.Reflection;
using Training.Foundation;

namespace Training.Portal.Frame;

/// <summary>Where a page stands in the menu.</summary>
public enum Shelf { Overview, Demand, Plan, Delivery, Proof, Mine, Operation }

/// <summary>
/// Puts a page into the menu of these roles, and keeps it from others. A page brings its own entry, so that a new capability touches no other file.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class EntryAttribute(string text, Shelf shelf, int place, string icon, params string[] roles) : Attribute
{
    /// <summary>Key of its name; empty for pages that others lead to.</summary>
    public string Text { get; } = text;
    public Shelf Shelf { get; } = shelf;
    public int Place { get; } = place;
    public string Icon { get; } = icon;
    /// <summary>Empty: for everybody.</summary>
    public IReadOnlyList<string> Roles { get; } = roles;

    public bool IsFor(Visitor visitor) => Roles.Count == 0 || visitor.Is(Roles);
}

/// <summary>Sets of roles that read the same.</summary>
public static class Readers
{
    public const string Group = Role.GroupTrainingManager, Region = Role.RegionalManager, Estate = Role.EstateManager, Trainer = Role.Trainer, Employee = Role.Employee,
        Inspector = Role.QualityInspector, Finance = Role.FinanceController, Hr = Role.HrIntegrator, Ops = Role.Ops;
}

/// <summary>All pages with an entry.</summary>
public static class Entries
{
    public sealed record Item(string Href, EntryAttribute Entry);

    public static readonly IReadOnlyList<Item> All =
    [
        .. from type in typeof(Entries).Assembly.GetTypes()
           let entry = type.GetCustomAttribute<EntryAttribute>()
           where entry is { Text: not "" }
           orderby entry.Shelf, entry.Place
           select new Item(type.GetCustomAttributes<Microsoft.AspNetCore.Components.RouteAttribute>().First().Template, entry),
    ];

    public static string HomeOf(string role) => role switch
    {
        Role.EstateManager => "/today",
        Role.Employee => "/my",
        Role.Trainer => "/teach",
        Role.FinanceController => "/budgeting",
        Role.HrIntegrator => "/sources",
        Role.Ops => "/ops",
        Role.QualityInspector => "/findings",
        _ => "/",
    };
}
