using Yaopai.Server.DataStore;
using Yaopai.Server.Surfaces.OpenApi.Calls;
using static Yaopai.Server.Surfaces.OpenApi.Data.Answers;
using A = Yaopai.Server.Surfaces.OpenApi.Data.Arguments;

namespace Yaopai.Server.Surfaces.OpenApi.Data;

/// <summary>Values found by a key of the app's own choice.</summary>
internal static class HashMethods
{
    public static DataMethod[] Table(HashValues hash) =>
    [
        new("getHashValue", Audience.Apps, [A.Type, A.Key, A.PropertyIfAny],
            x => TellAsync(hash.GetAsync(x.Owner, x.Get(A.Type), x.Get(A.Key), x.Get(A.PropertyIfAny), x.Ct), Value)),
        new("setHashValue", Audience.Apps, [A.Type, A.Key, A.KeyValue, A.PropertyIfAny],
            x => DoAsync(hash.SetAsync(x.Owner, x.Get(A.Type), x.Get(A.Key), x.Get(A.PropertyIfAny), x.Get(A.KeyValue), x.Ct))),
        new("incHashValue", Audience.Apps, [A.Type, A.Key, A.PropertyIfAny, A.Increment],
            x => TellAsync(
                hash.IncrementAsync(x.Owner, x.Get(A.Type), x.Get(A.Key), x.Get(A.PropertyIfAny), x.Get(A.Increment), x.Ct), Number)),
        new("removeHashKey", Audience.Apps, [A.Type, A.Key],
            x => DoAsync(hash.RemoveAsync(x.Owner, x.Get(A.Type), x.Get(A.Key), x.Ct))),
        new("removeHashKeys", Audience.Apps, [A.Type, A.Keys],
            x => DoAsync(hash.RemoveManyAsync(x.Owner, x.Get(A.Type), x.Get(A.Keys), x.Ct))),
    ];
}
