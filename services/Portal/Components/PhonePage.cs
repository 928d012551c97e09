using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Training.Portal.Frame;
using Training.Portal.Clients;
using Training.Portal.Components.Layout;

namespace Training.Portal.Components;

/// <summary>A page for the phone: written once by the server, acted upon with plain forms, no circuit and no script.</summary>
[Layout(typeof(PhoneLayout))]
[ExcludeFromInteractiveRouting]
public abstract class PhonePage : ComponentBase
{
    [Inject] public required Backend Backend { get; set; }
    [Inject] public required Names Names { get; set; }
    [Inject] public required IStringLocalizer<Shared> L { get; set; }
    [Inject] public required Refusals Refusals { get; set; }
    [Inject] public required TimeProvider Clock { get; set; }
    [Inject] public required NavigationManager Navigation { get; set; }
    [Inject] public required Visitors Visitors { get; set; }

    [CascadingParameter] public HttpContext Http { get; set; } = new DefaultHttpContext();

    protected Visitor Me { get; private set; } = Visitor.Nobody;
    protected Guid Employee => Me.Employee ?? Guid.Empty;
    /// <summary>What the visitor should know of his last act, and whether it is good news.</summary>
    protected (string Text, bool Good)? News { get; set; }

    protected sealed override async Task OnInitializedAsync()
    {
        Me = await Visitors.Current();
        await Load();
    }

    protected abstract Task Load();

    protected async Task Act(Task<Outcome> command, string done)
    {
        var outcome = await command;
        News = (outcome.Done ? done : Refusals.InWords(outcome), outcome.Done);
        await Load();
    }

    protected string Field(string name) => Http.Request.HasFormContentType ? Http.Request.Form[name].FirstOrDefault() ?? "" : "";
}
