using System.Reflection;
using Newtonsoft.Json;
using Newtonsoft.Json.Serialization;

namespace Akka.Serialization.Json;

/// <summary>
/// How messages map to JSON: members with a private setter are set, and plain values of declared type are written plainly.
/// </summary>
internal sealed class MessageContractResolver : DefaultContractResolver
{
    protected override JsonProperty CreateProperty(MemberInfo member, MemberSerialization memberSerialization)
    {
        var property = base.CreateProperty(member, memberSerialization);
        property.Writable |= member is PropertyInfo info && info.GetSetMethod(nonPublic: true) is not null;
        property.Converter ??= ConverterFor(property.PropertyType);
        return property;
    }

    protected override JsonArrayContract CreateArrayContract(Type objectType)
    {
        var contract = base.CreateArrayContract(objectType);
        contract.ItemConverter ??= ConverterFor(contract.CollectionItemType);
        return contract;
    }

    protected override JsonDictionaryContract CreateDictionaryContract(Type objectType)
    {
        var contract = base.CreateDictionaryContract(objectType);
        contract.ItemConverter ??= ConverterFor(contract.DictionaryValueType);

        // A dictionary that is made of its finished content, such as an immutable one, cannot be referred to while it is read.
        contract.IsReference ??= contract.DefaultCreator is null ? false : null;
        return contract;
    }

    private static DeclaredValueConverter? ConverterFor(Type? declared) =>
        declared is not null && DeclaredValueConverter.Instance.CanConvert(declared) ? DeclaredValueConverter.Instance : null;
}
