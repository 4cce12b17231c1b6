using Yaopai.Server.DataStore;
using Yaopai.Server.Surfaces.OpenApi.Calls;

namespace Yaopai.Server.Surfaces.OpenApi.Data;

/// <summary>All methods of the data store.</summary>
internal sealed class DataMethods(
    ApiServices api, Preferences preferences, ObjectTypes types, Objects objects, HashValues hash, AssociationDefinitions definitions, Associations associations)
{
    public ApiServices Api => api;

    public IReadOnlyList<DataMethod> All { get; } =
    [
        .. PreferenceMethods.Table(preferences),
        .. TypeMethods.Table(types),
        .. ObjectMethods.Table(objects),
        .. HashMethods.Table(hash),
        .. AssociationDefinitionMethods.Table(definitions),
        .. AssociationMethods.Table(associations),
    ];
}
