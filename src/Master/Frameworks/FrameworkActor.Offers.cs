using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Akka.Actor;
using Akka.Event;

namespace ActorScheduler.Master.Frameworks;

/// <content>Offers: from the allocator to the scheduler, and back as uses.</content>
internal sealed partial class FrameworkActor
{
    private Epoch _epoch;
    private bool _isRegistered;

    private void ReceiveOffers()
    {
        Command<AllocatorStarted>(started => Meet(started.Epoch));
        Command<FrameworkRegistered>(Registered);
        Command<OffersMade>(Offer);
        Command<OffersRescinded>(rescinded => ToScheduler(session => new OffersWithdrawn(_id, session, rescinded.OfferIds)));
        Command<InverseOffersMade>(made => ToScheduler(session => new InverseOffersReceived(_id, session, made.InverseOffers)));
        Command<InverseOffersRescinded>(rescinded => ToScheduler(session => new InverseOffersWithdrawn(_id, session, rescinded.InverseOfferIds)));
        Command<AcceptOffers>(accept => InSession(accept, accept.RequestId, () => Accept(accept)));
        Command<DeclineOffers>(decline => InSession(decline, decline.RequestId, () =>
            Relay(new ReturnOffers(_id, decline.OfferIds, decline.RefuseFor ?? RefuseFilters.Default), decline.RequestId)));
        Command<RequestResources>(request => InSession(request, request.RequestId, () =>
            Relay(new WantResources(_id, request.Role, request.Sizes), request.RequestId)));
        Command<AnswerInverseOffers>(answer => InSession(answer, answer.RequestId, () => Relay(
            new RelayInverseAnswer(_id, answer.InverseOfferIds, answer.IsAccepted, answer.RefuseFor ?? RefuseFilters.Default), answer.RequestId)));
        Command<SuppressOffers>(suppress => InSession(suppress, suppress.RequestId, () => Suppress(suppress)));
        Command<ReviveOffers>(revive => InSession(revive, revive.RequestId, () => Revive(revive)));
        Command<OffersUsed>(Used);
    }

    /// <summary>Tells the allocator that the framework is there. It answers; until then this is said again.</summary>
    private void Register()
    {
        _isRegistered = false;
        if (_book.Info is { } info && _book.Removed is null)
            _allocator.Tell(new RegisterFramework(_id, info, _book.SuppressedRoles, IsConnected, [.. _book.AgentsWithTasks.Union(_asked)]));
    }

    /// <summary>A new allocator: what the old one offered is void, what it was asked is asked again.</summary>
    private void Meet(Epoch epoch)
    {
        if (epoch <= _epoch)
            return;
        _epoch = epoch;
        ToScheduler(session => new OffersWithdrawn(_id, session, []));
        Register();
        AskAgain(_ => true);
    }

    private void Registered(FrameworkRegistered registered)
    {
        Meet(registered.Epoch);
        if (registered.Epoch < _epoch)
            return;
        _isRegistered = true;
        if (registered.Problem is { } problem)
            Log.Warning("Framework {FrameworkId} gets no offers: {Problem}", _id, problem);
        foreach (AgentStanding standing in registered.Agents)
            Learn(standing);
        AnswerQuestions();
    }

    private void Offer(OffersMade made)
    {
        Meet(made.Epoch);
        if (made.Epoch < _epoch)
            return;
        if (IsConnected)
            Tell(made.Offers);
        else
            _allocator.Tell(new ReturnOffers(_id, [.. made.Offers.Select(static offer => offer.Id)], TimeSpan.Zero));
    }

    private void Tell(IReadOnlyList<Offer> offers)
    {
        foreach (Offer[] page in offers.Chunk(_settings.OffersPerMessage))
            ToScheduler(session => new OffersReceived(_id, session, page));
    }

    private void Accept(AcceptOffers accept)
    {
        IActorRef sender = Sender;
        if (!Acceptance.Check(_book, accept, Now, _settings.Tasks).TryGet(out OffersAccepted? accepted, out Problem? problem))
        {
            Refuse(accept.RequestId, RefusalKind.Invalid, problem);
            return;
        }
        Commit(accepted, () =>
        {
            sender.Tell(new CommandDone(accept.RequestId));
            if (_book.Uses.TryGetValue(accepted.Number, out PendingUse? use) && use.Granted is null)
                _allocator.Tell(Acceptance.Ask(_book, accepted));
        });
    }

    private void Used(OffersUsed answer)
    {
        Meet(answer.Epoch);
        if (!_book.Uses.TryGetValue(answer.Number, out PendingUse? use) || use.Granted is not null)
            return;
        if (answer.Agent is { } agent)
            Learn(agent);
        FrameworkEvent outcome = Acceptance.Answer(_book, use, answer, Now);
        Commit(outcome, () =>
        {
            if (use.Granted is not null)
                Launch(use);
            TellUpdates(outcome is UseGranted granted ? granted.Statuses : ((UseVoided)outcome).Statuses);
            TellOperations();
        });
    }

    private void Suppress(SuppressOffers suppress)
    {
        string[] roles = [.. suppress.Roles.Count == 0 ? _book.Info!.Roles : suppress.Roles.Intersect(_book.Info!.Roles)];
        CommitSuppression([.. _book.SuppressedRoles.Union(roles)], suppress.RequestId, Register);
    }

    private void Revive(ReviveOffers revive)
    {
        string[] left = revive.Roles.Count == 0 ? [] : [.. _book.SuppressedRoles.Except(revive.Roles)];
        CommitSuppression(left, revive.RequestId, () =>
        {
            Register();
            _allocator.Tell(new ReviveRoles(_id, revive.Roles));
        });
    }

    private void CommitSuppression(string[] roles, Guid request, Action then)
    {
        IActorRef sender = Sender;
        bool isSame = _book.SuppressedRoles.Count == roles.Length && _book.SuppressedRoles.All(roles.Contains);
        Commit(isSame ? [] : [new SuppressionChanged(roles)], () =>
        {
            then();
            sender.Tell(new CommandDone(request));
        });
    }

    /// <summary>Passes on what only the allocator keeps: nothing is durable about it, and it is said once.</summary>
    private void Relay(IAllocatorMessage message, Guid request)
    {
        _allocator.Tell(message);
        Done(request);
    }

    private void ToScheduler(Func<Guid, IFrameworkMessage> message)
    {
        if (_scheduler is { } scheduler && _book.Session is { } session)
            scheduler.Tell(message(session));
    }
}
