using Yaopai.Server.DataStore;

namespace Yaopai.Server.Surfaces.OpenApi.Data;

/// <summary>All methods of the data store.</summary>
internal sealed class DataMethods(
    Preferences preferences, ObjectTypes types, Objects objects, HashValues hash, AssociationDefinitions definitions,
    Associations associations)
{
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
