using Yaopai.Server.DataStore;
using static Yaopai.Server.Surfaces.OpenApi.Data.Argument;

namespace Yaopai.Server.Surfaces.OpenApi.Data;

/// <summary>The arguments of the data store's methods: each name means one thing, whichever method takes it.</summary>
internal static class Arguments
{
    public static readonly Argument<string> Name = Required<string>("name", Readers.Text);
    public static readonly Argument<string?> NameOfAll = Optional<string?>("name", Readers.Text!, null);
    public static readonly Argument<string> NewName = Required<string>("new_name", Readers.Text);
    public static readonly Argument<string?> NewNameIfAny = Optional<string?>("new_name", Readers.Text!, null);

    public static readonly Argument<int> PreferenceId = Required<int>("pref_id", Readers.PreferenceId);
    public static readonly Argument<string> PreferenceValue = Present<string>("value", Readers.Text);
    public static readonly Argument<IReadOnlyDictionary<int, string>> PreferenceValues = Required<IReadOnlyDictionary<int, string>>(
        "values", JsonReaders.Preferences);
    public static readonly Argument<bool> Replace = Optional<bool>("replace", Readers.Flag, false);

    public static readonly Argument<string> Type = Required<string>("obj_type", Readers.Text);
    public static readonly Argument<string> Property = Required<string>("prop_name", Readers.Text);
    public static readonly Argument<string?> PropertyIfAny = Optional<string?>("prop_name", Readers.Text!, null);
    public static readonly Argument<PropertyKind> PropertyKind = Required<PropertyKind>("prop_type", Readers.PropertyKind);

    public static readonly Argument<long> ObjectId = Required<long>("obj_id", Readers.Id);
    public static readonly Argument<IReadOnlyList<long>> ObjectIds = Required<IReadOnlyList<long>>("obj_ids", JsonReaders.Ids);
    public static readonly Argument<IReadOnlyList<string>?> Properties = Optional<IReadOnlyList<string>?>(
        "prop_names", JsonReaders.Names!, null);
    public static readonly Argument<DataValue> PropertyValue = Present<DataValue>("prop_value", Readers.Value);
    public static readonly Argument<IReadOnlyDictionary<string, DataValue?>> Values =
        Required<IReadOnlyDictionary<string, DataValue?>>("properties", JsonReaders.Map);
    public static readonly Argument<IReadOnlyDictionary<string, DataValue?>?> ValuesIfAny =
        Optional<IReadOnlyDictionary<string, DataValue?>?>("properties", JsonReaders.Map!, null);

    public static readonly Argument<string> Key = Required<string>("key", Readers.Text);
    public static readonly Argument<IReadOnlyList<string>> Keys = Required<IReadOnlyList<string>>("keys", JsonReaders.Texts);
    public static readonly Argument<DataValue> KeyValue = Present<DataValue>("value", Readers.Value);
    public static readonly Argument<long> Increment = Optional<long>("increment", Readers.Integer, 1);

    public static readonly Argument<AssociationKind> AssociationKind = Required<AssociationKind>("assoc_type", Readers.AssociationKind);
    public static readonly Argument<AssociationEnd> FirstEnd = Optional<AssociationEnd>(
        "assoc_info1", AssociationReaders.End, new(null, null));
    public static readonly Argument<AssociationEnd> SecondEnd = Optional<AssociationEnd>(
        "assoc_info2", AssociationReaders.End, new(null, null));
    public static readonly Argument<string?> Inverse = Optional<string?>("inverse", Readers.Text!, null);
    public static readonly Argument<string?> NewFirstAlias = Optional<string?>("new_alias1", Readers.Text!, null);
    public static readonly Argument<string?> NewSecondAlias = Optional<string?>("new_alias2", Readers.Text!, null);

    public static readonly Argument<long> FirstId = Required<long>("obj_id1", Readers.Id);
    public static readonly Argument<long> SecondId = Required<long>("obj_id2", Readers.Id);
    public static readonly Argument<string?> Data = Optional<string?>("data", Readers.Text!, null);
    public static readonly Argument<DateTimeOffset?> Time = Optional<DateTimeOffset?>("assoc_time", Readers.Time, null);
    public static readonly Argument<IReadOnlyList<AssociationReaders.Item>> Associations =
        Required<IReadOnlyList<AssociationReaders.Item>>("assocs", AssociationReaders.Items);
    public static readonly Argument<long> PageNumber = Optional<long>("page_no", Readers.Id, DataPage.First.Number);
    public static readonly Argument<long> PageSize = Optional<long>("page_size", Readers.Id, DataPage.First.Size);
    public static readonly Argument<bool> NoData = Optional<bool>("no_data", Readers.Flag, true);
}
