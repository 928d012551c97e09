using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MudBlazor;
using Training.Portal.Frame;
using Training.Portal.Clients;

namespace Training.Portal.Components;

/// <summary>A page of the back office: asks when its address changes, and asks again after the visitor changed something.</summary>
public abstract class PortalPage : ComponentBase
{
    [Inject] public required Backend Backend { get; set; }
    [Inject] public required Names Names { get; set; }
    [Inject] public required IStringLocalizer<Shared> L { get; set; }
    [Inject] public required Refusals Refusals { get; set; }
    [Inject] public required TimeProvider Clock { get; set; }
    [Inject] public required NavigationManager Navigation { get; set; }
    [Inject] public required IDialogService Dialogs { get; set; }
    [Inject] public required ISnackbar Messages { get; set; }
    [Inject] public required Visitors Visitors { get; set; }

    protected Visitor Me { get; private set; } = Visitor.Nobody;
    protected bool Ready { get; private set; }

    protected sealed override async Task OnParametersSetAsync()
    {
        if (!Me.IsKnown) Me = await Visitors.Current();
        await Load();
        Ready = true;
    }

    protected abstract Task Load();

    /// <summary>Tells the visitor what became of his command and shows what it changed.</summary>
    protected async Task<bool> Act(Task<Outcome> command, string done)
    {
        var outcome = await command;
        Say(outcome, done);
        await Load();
        return outcome.Done;
    }

    /// <summary>One command after the other; stops at the first refusal.</summary>
    protected async Task<bool> Each(IEnumerable<Guid> ids, Func<Guid, Task<Outcome>> command, Func<int, string> done)
    {
        var (outcome, count) = (Outcome.Ok, 0);
        foreach (var id in ids.ToList())
        {
            if (!(outcome = await command(id)).Done) break;
            count++;
        }
        return await Act(Task.FromResult(outcome), done(count));
    }

    protected void Say(Outcome outcome, string done) =>
        Messages.Add(outcome.Done ? done : Refusals.InWords(outcome), outcome.Done ? Severity.Success : Severity.Error, options => options.VisibleStateDuration = outcome.Done ? 4_000 : 12_000);

    /// <summary>Opens a form that sends its command by itself, and shows what it changed.</summary>
    protected async Task Fill<TDialog>(string title, DialogParameters<TDialog> parameters, Func<string> done) where TDialog : IComponent
    {
        var dialog = await Dialogs.ShowAsync<TDialog>(title, parameters, new() { MaxWidth = MaxWidth.Small, FullWidth = true, CloseOnEscapeKey = true, BackdropClick = false });
        if (await dialog.Result is { Canceled: false }) Say(Outcome.Ok, done());
        // Also when it was closed otherwise: what the service didn't answer in time may have happened.
        await Load();
    }

    /// <summary>Asks before what can't be undone. Answers with the reason given, or null when the visitor thinks better of it.</summary>
    protected async Task<Asked?> Ask(string title, string text, string button, bool reason = false, IReadOnlyList<(string Value, string Text)>? choices = null, string choiceLabel = "", string tick = "")
    {
        var parameters = new DialogParameters<AskDialog>
        {
            { dialog => dialog.Text, text }, { dialog => dialog.Button, button }, { dialog => dialog.WithReason, reason },
            { dialog => dialog.Choices, choices ?? [] }, { dialog => dialog.ChoiceLabel, choiceLabel }, { dialog => dialog.Tick, tick },
        };
        var dialog = await Dialogs.ShowAsync<AskDialog>(title, parameters, new() { MaxWidth = MaxWidth.Small, FullWidth = true, CloseOnEscapeKey = true });
        return (await dialog.Result)?.Data as Asked;
    }
}

/// <summary>What the visitor answered.</summary>
public sealed record Asked(string Reason, string Choice, bool Ticked);
