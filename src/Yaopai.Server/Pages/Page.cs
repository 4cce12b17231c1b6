using Microsoft.AspNetCore.Components;
using Yaopai.Server.OAuth;

namespace Yaopai.Server.Pages;

/// <summary>A whole page: what it shows, and the language it shows it in.</summary>
public abstract class Page<TModel> : ComponentBase
{
    [Parameter, EditorRequired]
    public PageRequest Request { get; set; } = null!;

    [Parameter, EditorRequired]
    public TModel Model { get; set; } = default!;

    protected Language Language => Request.Language;

    protected string Say(Phrase phrase) => phrase.In(Language);

    protected string Say(Phrase phrase, params object[] values) => phrase.In(Language, values);
}
