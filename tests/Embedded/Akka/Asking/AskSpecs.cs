using Akka.Actor;
using Akka.Actor.Dsl;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Specs.Asking;

public class AskSpecs() : Akka.TestKit.Xunit2.TestKit(ConfigurationFactory.ParseString("akka.actor.ask-timeout = 300ms"))
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task The_first_answer_is_the_result()
    {
        var echo = Echo();

        Assert.Equal("hello", await echo.Ask<string>("hello", Long));
        Assert.Equal(7, await echo.Ask(7, Long));
    }

    [Fact]
    public async Task No_answer_within_the_given_or_the_configured_time_fails_it()
    {
        var deaf = Deaf();

        await Assert.ThrowsAsync<AskTimeoutException>(() => deaf.Ask<string>("x", TimeSpan.FromMilliseconds(30)));
        await Assert.ThrowsAsync<AskTimeoutException>(() => deaf.Ask<string>("x"));
    }

    [Fact]
    public async Task An_answer_of_another_type_or_a_failure_fails_it()
    {
        var echo = Echo();

        await Assert.ThrowsAsync<ArgumentException>(() => echo.Ask<int>("no number", Long));
        await Assert.ThrowsAsync<FormatException>(() => echo.Ask<int>(new Status.Failure(new FormatException()), Long));
        Assert.IsType<Status.Failure>(await echo.Ask<object>(new Status.Failure(new FormatException()), Long));
    }

    [Fact]
    public async Task It_can_be_cancelled_before_and_while_it_waits()
    {
        using var cancellation = new CancellationTokenSource();
        var waiting = Deaf().Ask<string>("x", Long, cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAsync<TaskCanceledException>(() => waiting);
        await Assert.ThrowsAsync<TaskCanceledException>(() => Deaf().Ask<string>("x", Long, cancellation.Token));
    }

    [Fact]
    public async Task Answers_after_the_first_or_after_the_timeout_are_dead_letters_but_not_those_after_a_cancellation()
    {
        var sender = new TaskCompletionSource<IActorRef>(TaskCreationOptions.RunContinuationsAsynchronously);
        var late = Sys.ActorOf(act => act.ReceiveAny((_, context) => sender.TrySetResult(context.Sender)));
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        await Assert.ThrowsAsync<AskTimeoutException>(() => late.Ask<string>("x", TimeSpan.FromMilliseconds(30)));
        (await sender.Task).Tell("late");
        Assert.Equal("late", (await ExpectMsgAsync<DeadLetter>()).Message);

        using var cancellation = new CancellationTokenSource();
        sender = new TaskCompletionSource<IActorRef>(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancelled = late.Ask<string>("x", Long, cancellation.Token);
        var temporary = await sender.Task;
        await cancellation.CancelAsync();
        await Assert.ThrowsAsync<TaskCanceledException>(() => cancelled);
        temporary.Tell("in vain");

        var twice = Sys.ActorOf(act => act.ReceiveAny((_, context) =>
        {
            context.Sender.Tell("one");
            context.Sender.Tell("two");
        }));
        Assert.Equal("one", await twice.Ask<string>("x", Long));
        Assert.Equal("two", (await ExpectMsgAsync<DeadLetter>()).Message);
    }

    [Fact]
    public async Task Asking_an_actor_that_ended_times_out()
    {
        var actor = Deaf();
        await actor.GracefulStop(Long);

        await Assert.ThrowsAsync<AskTimeoutException>(() => actor.Ask<string>("x", TimeSpan.FromMilliseconds(30)));
    }

    [Fact]
    public async Task Nobody_cannot_be_asked() =>
        await Assert.ThrowsAnyAsync<Exception>(async () => await ActorRefs.Nobody.Ask<string>("x", Long));

    [Fact]
    public async Task The_temporary_actor_is_found_by_its_path_while_it_waits_and_only_then()
    {
        var sender = new TaskCompletionSource<IActorRef>(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = Sys.ActorOf(act => act.ReceiveAny((_, context) => sender.TrySetResult(context.Sender)));
        var asked = actor.Ask<string>("x", Long);
        var path = (await sender.Task).Path;
        Assert.Equal("temp", path.Elements[0]);

        Sys.ActorSelection(path).Tell("by selection");

        Assert.Equal("by selection", await asked);
        await Assert.ThrowsAsync<ActorNotFoundException>(() => Sys.ActorSelection(path).ResolveOne(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task The_end_of_the_temporary_actor_can_be_watched()
    {
        var actor = Sys.ActorOf(act =>
        {
            act.Receive<string>((_, context) =>
            {
                context.Watch(context.Sender);
                context.Sender.Tell("answer");
            });
            act.Receive<Terminated>((terminated, _) => TestActor.Tell(terminated.ActorRef));
        });

        await actor.Ask<string>("x", Long);

        await ExpectMsgAsync<IActorRef>();
    }

    [Fact]
    public async Task The_message_may_be_made_with_whom_to_answer()
    {
        var actor = Sys.ActorOf(act => act.Receive<IActorRef>((whom, _) => whom.Tell("told")));

        Assert.Equal("told", await actor.Ask<string>(whom => whom, Long, CancellationToken.None));
    }

    [Fact]
    public async Task The_outcome_of_a_task_can_be_piped_to_an_actor()
    {
        var failure = new FormatException("bad");
        await Task.FromResult(1).PipeTo(TestActor, Sys.DeadLetters);
        Assert.Equal(1, await ExpectMsgAsync<int>());
        Assert.Equal(Sys.DeadLetters, LastSender);
        await Task.FromException<int>(failure).PipeTo(TestActor);
        Assert.Same(failure, (await ExpectMsgAsync<Status.Failure>()).Cause);
        await Task.FromResult(1).PipeTo(TestActor, success: n => n + 1);
        await ExpectMsgAsync(2);
        await Task.FromException(failure).PipeTo(TestActor, failure: cause => cause.Message);
        await ExpectMsgAsync("bad");
        await Task.CompletedTask.PipeTo(TestActor, success: () => "done");
        await ExpectMsgAsync("done");
    }

    private IActorRef Echo() => Sys.ActorOf(act => act.ReceiveAny((message, context) => context.Sender.Tell(message)));

    private IActorRef Deaf() => Sys.ActorOf(act => act.ReceiveAny((_, _) => { }));
}
