using ActorScheduler.Model;

namespace ActorScheduler.Cli.Operators;

/// <summary>Works out which resources of an agent an operator means who reserves some or gives them back.</summary>
internal static class Reserving
{
    /// <summary>Reads amounts without reservations: <c>cpus:2;mem:1024;ports:[31000-31010]</c>.</summary>
    internal static Result<Resources> Wanted(string text)
    {
        const string Field = "RESOURCES";
        if (!ResourceText.Parse(text).TryGet(out Resources? wanted, out Problem? problem))
            return problem.Under(Field);
        if (wanted.CheckAmounts(Field) is { } bad)
            return bad;
        if (wanted.HasReserved)
            return new Problem(Field, $"'{text}' must not name a role; --role does");
        return wanted.IsEmpty ? new Problem(Field, "must name some above 0, as in 'cpus:2;mem:1024'") : wanted;
    }

    /// <summary>Says what is wrong with a role that is to be reserved for, or null.</summary>
    internal static Problem? CheckRole(string role) =>
        role == RoleName.Default ? new Problem("--role", "nothing can be reserved for '*', which is everybody; name a role") : RoleName.Check("--role", role);

    /// <summary>Sets resources aside for a role.</summary>
    /// <param name="idle">What no task uses.</param>
    /// <param name="wanted">How much.</param>
    /// <param name="role">For whom.</param>
    /// <param name="principal">Who reserves, or null.</param>
    /// <param name="refines">Out of what is reserved for a role above this one, the nearest first, instead of what is not reserved.</param>
    internal static Result<Operation> Reserve(Resources idle, Resources wanted, string role, string? principal, bool refines)
    {
        Reservation layer = Reservation.Dynamic(role, principal);
        if (!refines)
        {
            if (idle.Unreserved().Contains(wanted))
                return new Operation.Reserve(wanted.PushReservation(layer));
            bool isAbove = Take(Above(idle, role), wanted, out _, out _);
            return new Problem(
                "RESOURCES",
                $"{Missing(idle.Unreserved(), wanted)} more would have to be idle and not reserved{(isAbove ? "; --refine takes it out of what is reserved for roles above" : "")}");
        }
        if (!role.Contains('/', StringComparison.Ordinal))
            return new Problem("--refine", $"no role lies above '{role}'; leave it out");
        return Take(Above(idle, role), wanted, out Resources taken, out Resources missing)
            ? new Operation.Reserve(taken.PushReservation(layer))
            : new Problem("RESOURCES", $"{missing} more would have to be idle and reserved for a role above '{role}'");
    }

    /// <summary>Takes the reservation for a role off resources; what it refined stays reserved for the role above.</summary>
    /// <param name="idle">What no task uses.</param>
    /// <param name="wanted">How much.</param>
    /// <param name="role">For whom it is reserved.</param>
    /// <param name="principal">Who reserved it; empty for nobody, null when it need not be said.</param>
    internal static Result<Operation> Unreserve(Resources idle, Resources wanted, string role, string? principal)
    {
        HashSet<ResourceName> names = [.. wanted.Objects().Select(static part => part.Key.Name)];
        Resource[] reserved =
        [
            .. idle.Objects().Where(part => part.Key.Role == role && part.Key.IsDynamicallyReserved && IsCuttable(part.Key) && names.Contains(part.Key.Name)
                && (principal is null || OwnerOf(part.Key) == principal)),
        ];
        // Without a word about whose it is, nobody loses what another one reserved.
        string[] owners = [.. reserved.Select(static part => OwnerOf(part.Key)).Distinct().Order(StringComparer.Ordinal)];
        if (owners.Length > 1)
            return new Problem("--principal", $"what is reserved for '{role}' there belongs to {string.Join(" and ", owners.Select(static owner => owner.Length == 0 ? "nobody" : $"'{owner}'"))}; say whose, '' for nobody's");
        return Take(reserved, wanted, out Resources taken, out Resources missing)
            ? new Operation.Unreserve(taken)
            : new Problem("RESOURCES", $"{missing} more would have to be idle and dynamically reserved for '{role}'{(principal is { Length: > 0 } ? $" by '{principal}'" : "")}");
    }

    /// <summary>What is reserved for roles above one, the nearest role first.</summary>
    private static IEnumerable<Resource> Above(Resources idle, string role) => idle.Objects()
        .Where(part => !part.Key.IsUnreserved && RoleName.IsDescendant(role, part.Key.Role) && IsCuttable(part.Key))
        .OrderByDescending(static part => part.Key.Role.Length);

    private static bool IsCuttable(ResourceKey key) => !key.IsIndivisible && !key.IsRevocable && key.Disk is null && key.ProviderId is null;

    private static string OwnerOf(ResourceKey key) => key.Reservations[^1].Principal ?? "";

    private static Resources Missing(Resources held, Resources wanted) => wanted.SubtractOrEmpty(held);

    /// <summary>Takes amounts out of resources in their order, each with the reservations that it has.</summary>
    private static bool Take(IEnumerable<Resource> from, Resources wanted, out Resources taken, out Resources missing)
    {
        (taken, missing) = (Resources.Empty, wanted);
        foreach (Resource held in from)
        {
            // The same without reservations: what amounts are written as.
            Resources left = missing.SubtractOrEmpty(Resources.From(held with { Key = held.Key.WithReservations([]) }));
            taken = taken.Add(Resources.From(missing.Subtract(left).Objects().Select(part => part with { Key = held.Key })));
            missing = left;
        }
        return missing.IsEmpty;
    }
}
