using System.Globalization;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;
using Training.Foundation;

namespace Training.Portal.Tests;

/// <summary>A page of the back office with its dialogs and messages, in which buttons work: what a visitor's circuit holds, without a browser.</summary>
sealed class Circuit : IAsyncDisposable
{
    readonly BunitContext context = new();
    readonly AsyncServiceScope scope;
    readonly IRenderedComponent<IComponent> page;

    Circuit(PortalHost portal, string culture, string path, Type type, IReadOnlyDictionary<string, object> parameters)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new(culture);
        BunitContext.DefaultWaitTimeout = TimeSpan.FromSeconds(20);
        scope = portal.Services.CreateAsyncScope();
        var person = PlayedSignIn.Person(Role.GroupTrainingManager, scope.ServiceProvider.GetRequiredService<PlayedSessions>());
        ((IHostEnvironmentAuthenticationStateProvider)scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>()).SetAuthenticationState(Task.FromResult(new AuthenticationState(person)));
        // Dialogs and messages live in the page; everything else is the portal's own.
        context.Services.AddMudServices();
        context.Services.AddFallbackServiceProvider(scope.ServiceProvider);
        context.JSInterop.Mode = JSRuntimeMode.Loose;
        Get<NavigationManager>().NavigateTo(path);
        page = context.Render(builder =>
        {
            builder.OpenComponent<MudPopoverProvider>(0);
            builder.CloseComponent();
            builder.OpenComponent<MudDialogProvider>(1);
            builder.CloseComponent();
            builder.OpenComponent<MudSnackbarProvider>(2);
            builder.CloseComponent();
            builder.OpenComponent(3, type);
            builder.AddMultipleAttributes(4, parameters);
            builder.CloseComponent();
        });
    }

    public static Circuit Open<TPage>(PortalHost portal, string culture, string path, params (string Name, object Value)[] parameters) where TPage : IComponent =>
        new(portal, culture, path, typeof(TPage), parameters.ToDictionary(one => one.Name, one => one.Value));

    public T Get<T>() where T : notnull => context.Services.GetRequiredService<T>();

    public string Text => PortalHost.Plain(page.Markup);

    public IReadOnlyList<IElement> All(string selector) => [.. page.FindAll(selector)];

    public IElement One(string selector) => page.WaitForElement(selector);

    /// <summary>Waits until the page shows it.</summary>
    public void Shows(string text) => page.WaitForAssertion(() => Assert.Contains(text, Text, StringComparison.Ordinal));

    /// <summary>Presses the button that says so; in the dialog where one is open.</summary>
    public void Press(string text)
    {
        page.WaitForAssertion(() => Assert.NotEmpty(Buttons(text)));
        Buttons(text)[^1].Click();
    }

    IReadOnlyList<IElement> Buttons(string text) => [.. All(All(".mud-dialog").Count > 0 ? ".mud-dialog button" : "button").Where(button => button.TextContent.Trim() == text)];

    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        await scope.DisposeAsync();
    }
}
