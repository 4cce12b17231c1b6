namespace Yaopai.Server.Pages.Start;

/// <summary>What there is to try out; nothing is where nobody shows any.</summary>
internal interface IStartGuide
{
    StartGuide? Find(HttpRequest request);
}

/// <summary>For people who have just started a server of their own: demo apps, demo people, and what to do with them.</summary>
/// <param name="SignIn">Where the sign-in button of a demo app leads.</param>
/// <param name="Sandbox">Where the sandbox shows what it has.</param>
/// <param name="Apps">Names and client_ids.</param>
/// <param name="Command">A request to copy.</param>
public sealed record StartGuide(
    string SignIn, StartPlaces Sandbox, IReadOnlyList<string> People, string Password, IReadOnlyList<(string Name, long ClientId)> Apps,
    string Command);

/// <summary>Addresses of the sandbox that are worth opening.</summary>
/// <param name="Requests">Null where no request is kept.</param>
public sealed record StartPlaces(string? Requests, string Coverage, string Worlds, string Faults, string Data);
