using System.Globalization;
using Yaopai.Server.Apps;
using Yaopai.Server.Protocol;

namespace Yaopai.Server.Surfaces.OpenApi;

/// <summary>A call of a method, and who makes it.</summary>
internal abstract class ApiExchange(Call call)
{
    public string this[string parameter] => call.Parameters[parameter];

    public Call Call => call;

    public App? App => call.App;

    /// <summary>The app that the request names, as a number; null for none.</summary>
    public long? AppId => Number(ApiKey);

    public string ApiKey => this["api_key"] is { Length: > 0 } key ? key : this["client_id"];

    public static long? Number(string text) =>
        text.Length <= 18 && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
