namespace Yaopai.Testing;

/// <summary>A person who can be signed in, or is there to be refused.</summary>
/// <param name="Name">What they sign in with: <c>mainland</c>, in a world <c>mainland-w7f3k2</c>.</param>
/// <param name="Password">Null for a person of a seed without the demo data.</param>
/// <param name="Region">Two letters: <c>CN</c>.</param>
/// <param name="Note">What is special about them.</param>
public sealed record YaopaiUser(string Name, string? Password, string? Region, string? Note)
{
    /// <summary>The name without what a world adds to it: <c>mainland</c>.</summary>
    public string Role { get => field ?? Name; init; }

    /// <summary>With the calling code, <c>+8611136000008</c>; null for a person without, and outside worlds.</summary>
    public string? Phone { get; init; }
}
