using Yaopai.Errors;
using Yaopai.Server.OAuth;

namespace Yaopai.Server.Sandbox.Coverage;

/// <summary>What the page of coverage shows.</summary>
/// <param name="Which">The operations that were asked for.</param>
public sealed record CoverageShown(
    string ClientId, ShownOperations Which, int Met, int Documented, IReadOnlyList<CoverageGroup> Operations)
{
    internal static CoverageShown Of(CoverageReport report, string clientId, ShownOperations which) => new(
        clientId, which, report.Met, report.Documented,
        [
            .. report.Operations.Select(operation => new CoverageGroup(
                operation.Operation, operation.Calls, operation.Met, operation.Errors.Count,
                operation.Calls > 0 || which is ShownOperations.One ? Rows(operation) : null)),
        ]);

    private static List<CoverageRow> Rows(CoveredOperation operation) =>
        [.. operation.Errors.Select(error => new CoverageRow(error.Definition, error.Meeting?.Count ?? 0, error.Meeting?.Last))];
}

public enum ShownOperations
{
    Called,
    All,
    One,
}

/// <param name="Errors">Null for an operation among others that was never called: all of them at once are too long a page
/// for a browser, so that they are shown at the operation's own address.</param>
public sealed record CoverageGroup(string Operation, long Calls, int Met, int Documented, IReadOnlyList<CoverageRow>? Errors);

public sealed record CoverageRow(ErrorDefinition Error, long Count, DateTimeOffset? Last);

internal static class CoverageTexts
{
    public static readonly Phrase Title = new("错误码覆盖", "Coverage");
    public static readonly Phrase Lead = new("文档中的错误码，哪些已经遇到过，哪些还没有。", "Which documented errors were met, and which were not.");
    public static readonly Phrase OfApp = new("应用 {0}：", "App {0}:");
    public static readonly Phrase Count = new("{1} 个错误码中遇到过 {0} 个", "{0} of {1} errors met");
    public static readonly Phrase Which = new("哪些操作", "Operations");
    public static readonly Phrase Called = new("调用过的操作", "Called");
    public static readonly Phrase All = new("全部操作", "All");
    public static readonly Phrase Nothing = new("还没有调用过任何操作。", "No operation was called yet.");
    public static readonly Phrase Calls = new("调用 {0} 次，遇到 {1}/{2}", "{0} calls, {1} of {2} met");
    public static readonly Phrase Code = new("代码", "Code");
    public static readonly Phrase Message = new("含义", "Message");
    public static readonly Phrase Name = new("名称", "Name");
    public static readonly Phrase Times = new("次数", "Times");
    public static readonly Phrase Last = new("最近（UTC）", "Last (UTC)");
    public static readonly Phrase NotMet = new("未遇到", "not met");
}
