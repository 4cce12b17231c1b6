using Yaopai.Server.Apps;
using Yaopai.Server.Consents;

namespace Yaopai.Server.Accounts.Risk;

/// <summary>Reads what is known of an account, and holds it against the rules.</summary>
internal sealed class RiskAssessment(ISignInStore signIns, IConsentStore consents, IAppClock clock)
{
    public async Task<Risk> OfAsync(Account account, RiskScene scene, CancellationToken ct)
    {
        var now = clock.Now;
        var facts = new RiskFacts(account, now, scene, await signIns.HistoryAsync(account.Id, RiskFacts.FailuresCountSince(now), ct));
        if (facts.Latest is { } latest)
            facts = facts with { Neighbours = await signIns.NeighboursAsync(latest, RiskFacts.Neighbourhood, ct) };

        if (scene is RiskScene.Marketing && facts.IsYoung)
        {
            var given = await consents.ListAsync(account.Id, ct);
            facts = facts with { AppsInTheLastHour = given.Count(consent => consent.GrantedAt > now.AddHours(-1)) };
        }

        return RiskRules.Apply(facts);
    }
}
