using System.ComponentModel.DataAnnotations;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.Surfaces.OpenApi;

/// <summary>Settings of the Open API surface.</summary>
internal sealed class OpenApiOptions : SurfaceOptions
{
    public const string SectionName = "Surfaces:OpenApi";

    public OpenApiOptions() => Hosts = ["openapi.baidu.com", "tb.himg.baidu.com", "himg.bdimg.com"];

    /// <summary>Answers errors of API methods with an HTTP status of their kind, and not with 200.</summary>
    public bool StrictHttpStatus { get; set; }

    /// <summary>Writes <c>error_code</c> of API methods as a string.</summary>
    public bool ErrorCodeAsString { get; set; }

    /// <summary>Serves the English texts as the platform's table has them, slips included.</summary>
    public bool SeedTexts { get; set; }

    /// <summary>Everything answers 2, as while the platform is being maintained. Obeyed as soon as the setting changes.</summary>
    public bool Maintenance { get; set; }

    /// <summary>How far the timestamp of a signed request may be from the app's time.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan TimestampWindow { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The most parameters of one request.</summary>
    [Range(20, Parameters.Limit)]
    public int ParameterLimit { get; set; } = 100;

    /// <summary>A CSV file of networks and where they are; null for the examples alone.</summary>
    public string? IpLibrary { get; set; }

    /// <summary>Calls a minute of one method by one app that has no quota of its own; 0 for no limit.</summary>
    [Range(0, int.MaxValue)]
    public int RatePerMethod { get; set; } = 60_000;

    /// <summary>Calls a day (UTC) of one method by one app, counted on each node by itself; 0 for no limit.</summary>
    [Range(0, int.MaxValue)]
    public int DailyCapPerMethod { get; set; }
}
