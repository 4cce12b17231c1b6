using Yaopai.Server.DataStore;
using Yaopai.Server.Surfaces.OpenApi.Calls;
using static Yaopai.Server.Surfaces.OpenApi.Data.Answers;
using A = Yaopai.Server.Surfaces.OpenApi.Data.Arguments;

namespace Yaopai.Server.Surfaces.OpenApi.Data;

/// <summary>What an app keeps for the person who uses it, under numbers.</summary>
internal static class PreferenceMethods
{
    public static DataMethod[] Table(Preferences preferences) =>
    [
        new("setUserPreference", Audience.Users, [A.PreferenceId, A.PreferenceValue],
            x => DoAsync(preferences.SetAsync(x.Owner, x.Person, x.Get(A.PreferenceId), x.Get(A.PreferenceValue), x.Ct))),
        new("setUserPreferences", Audience.Users, [A.PreferenceValues, A.Replace],
            x => DoAsync(preferences.SetManyAsync(x.Owner, x.Person, x.Get(A.PreferenceValues), x.Get(A.Replace), x.Ct))),
        new("getUserPreference", Audience.Users, [A.PreferenceId],
            x => TellAsync(preferences.GetAsync(x.Owner, x.Person, x.Get(A.PreferenceId), x.Ct), Text)),
        new("getUserPreferences", Audience.Users, [],
            x => TellAsync(preferences.GetAllAsync(x.Owner, x.Person, x.Ct), ByNumber)),
    ];
}
