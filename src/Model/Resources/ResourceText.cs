using System.Text;

namespace ActorScheduler.Model;

/// <summary>
/// Mesos's text form: <c>cpus:2;mem:1024;ports:[31000-32000];disks:{sda, sdb};cpus(role):4;mem(role, principal):512</c>. A role
/// alone is a static reservation, with a principal a dynamic one. What text cannot say (refinements, labels, volumes, revocable,
/// shared) it only describes; use JSON for those.
/// </summary>
public static class ResourceText
{
    /// <summary>Longest text in characters.</summary>
    public const int MaxLength = 1_000_000;

    /// <summary>Reads the text form, or says which part is wrong and why.</summary>
    /// <param name="text">The text.</param>
    /// <param name="defaultRole">Role of parts that name none (an agent's <c>--default_role</c>).</param>
    public static Result<Resources> Parse(string text, string defaultRole = RoleName.Default)
    {
        if (text.Length > MaxLength)
            return new Problem("resources", $"must have at most {MaxLength} characters");
        var resources = new List<Resource>();
        foreach (string part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!ParseOne(part, defaultRole).TryGet(out Resource resource, out Problem? problem))
                return problem;
            resources.Add(resource);
        }
        return Resources.From(resources);
    }

    /// <summary>Writes the text form; every object once, in a fixed order.</summary>
    public static string Format(Resources resources)
    {
        var text = new StringBuilder();
        foreach (Resource resource in resources.Objects())
        {
            text.Append(text.Length == 0 ? "" : ";");
            ResourceKey key = resource.Key;
            bool sayable = key.Disk is null && !key.IsRevocable && !key.IsShared && key.ProviderId is null && key.Reservations.Count <= 1
                && (key.Reservations.Count == 0 || key.Reservations[0].Labels.Count == 0
                    && key.Reservations[0].Kind == (key.Reservations[0].Principal is null ? ReservationKind.Static : ReservationKind.Dynamic));
            if (!sayable)
            {
                text.Append(resource);
                continue;
            }
            text.Append(key.Name.Text);
            if (key.Reservations.Count == 1)
            {
                text.Append('(').Append(key.Role);
                if (key.Reservations[0].Principal is { } principal)
                    text.Append(", ").Append(principal);
                text.Append(')');
            }
            text.Append(':').Append(key.Kind switch
            {
                ValueKind.Ranges => (resource.Amount.Ranges ?? ValueRanges.Empty).ToString(),
                ValueKind.Set => (resource.Amount.Set ?? ValueSet.Empty).ToString(),
                _ => FixedPoint.Format(resource.ScalarMilli),
            });
        }
        return text.ToString();
    }

    private static Result<Resource> ParseOne(string part, string defaultRole)
    {
        int open = part.IndexOf('(');
        int colon = part.IndexOf(':', open < 0 ? 0 : Math.Max(open, part.IndexOf(')')));
        if (colon <= 0)
            return new Problem(part, "must be written name:value or name(role):value");
        string head = part[..colon].Trim();
        string value = part[(colon + 1)..].Trim();
        string name = head;
        string role = defaultRole;
        string? principal = null;
        if (head.IndexOf('(') is >= 0 and var bracket)
        {
            if (head[^1] != ')')
                return new Problem(head, "must be written name(role)");
            name = head[..bracket].Trim();
            string[] inside = head[(bracket + 1)..^1].Split(',', 2, StringSplitOptions.TrimEntries);
            role = inside[0];
            principal = inside.Length == 2 ? inside[1] : null;
        }
        if (ResourceName.Check(head, name) is { } badName)
            return badName;
        if (RoleName.Check(head, role) is { } badRole)
            return badRole;
        if (principal is { Length: 0 })
            return new Problem(head, "a principal must not be empty");
        if (principal is not null && role == RoleName.Default)
            return new Problem(head, "role '*' cannot be reserved");
        Reservation[] layers = role == RoleName.Default ? []
            : principal is null ? [Reservation.Static(role)]
            : [Reservation.Dynamic(role, principal)];
        Result<(ValueKind, Amount)> read = ParseValue(head, value);
        if (!read.TryGet(out (ValueKind Kind, Amount Amount) parsed, out Problem? problem))
            return problem;
        var resource = new Resource(new ResourceKey(ResourceName.Of(name), parsed.Kind, layers), parsed.Amount);
        return ResourceRules.Check(resource) is { } broken ? broken.Under(head) : resource;
    }

    private static Result<(ValueKind, Amount)> ParseValue(string head, string value)
    {
        if (value.Length == 0)
            return new Problem(head, "has no value");
        if (value[0] == '[')
        {
            return ValueRanges.Parse(value, head).TryGet(out ValueRanges? ranges, out Problem? badRanges)
                ? (ValueKind.Ranges, new Amount(0, ranges))
                : badRanges;
        }
        if (value[0] == '{')
        {
            return ValueSet.Parse(value, head).TryGet(out ValueSet? set, out Problem? badSet)
                ? (ValueKind.Set, new Amount(0, null, set))
                : badSet;
        }
        return FixedPoint.Parse(value, head).TryGet(out long milli, out Problem? badNumber)
            ? (ValueKind.Scalar, new Amount(milli))
            : badNumber;
    }
}
