using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Specs.Events;

public class EventStreamSpecs : Akka.TestKit.Xunit2.TestKit
{
    private readonly EventStream _stream = new(debug: false);

    private class Animal;

    private class Dog : Animal;

    private sealed class Poodle : Dog, IPet;

    private sealed class Cat : Animal, IPet;

    private interface IPet;

    [Fact]
    public void Subscribers_get_events_of_a_class_and_those_below_it()
    {
        Assert.True(_stream.Subscribe(TestActor, typeof(Dog)));

        foreach (var animal in new Animal[] { new(), new Cat(), new Dog(), new Poodle() }) _stream.Publish(animal);

        Assert.Equal([typeof(Dog), typeof(Poodle)], ReceiveN(2).Select(e => e.GetType()));
        Assert.False(HasMessages);
    }

    [Fact]
    public void Interfaces_are_channels_too()
    {
        _stream.Subscribe(TestActor, typeof(IPet));

        foreach (var animal in new Animal[] { new Dog(), new Poodle(), new Cat() }) _stream.Publish(animal);

        Assert.Equal([typeof(Poodle), typeof(Cat)], ReceiveN(2).Select(e => e.GetType()));
    }

    [Fact]
    public void Several_subscriptions_that_fit_deliver_once()
    {
        Assert.True(_stream.Subscribe(TestActor, typeof(Dog)));
        Assert.True(_stream.Subscribe(TestActor, typeof(Animal)));
        Assert.False(_stream.Subscribe(TestActor, typeof(Poodle)));

        _stream.Publish(new Poodle());

        ExpectMsg<Poodle>();
        Assert.False(HasMessages);
    }

    [Fact]
    public void What_is_below_a_subscription_can_be_taken_out_and_put_back()
    {
        _stream.Subscribe(TestActor, typeof(Animal));
        Assert.True(_stream.Unsubscribe(TestActor, typeof(Dog)));

        foreach (var animal in new Animal[] { new Dog(), new Poodle(), new Cat() }) _stream.Publish(animal);
        ExpectMsg<Cat>();
        Assert.False(HasMessages);

        Assert.True(_stream.Subscribe(TestActor, typeof(Poodle)));
        foreach (var animal in new Animal[] { new Dog(), new Poodle() }) _stream.Publish(animal);
        ExpectMsg<Poodle>();
        Assert.False(HasMessages);

        Assert.True(_stream.Subscribe(TestActor, typeof(Animal)));
        _stream.Publish(new Dog());
        ExpectMsg<Dog>();
    }

    [Fact]
    public void Unsubscribing_ends_it_and_says_whether_there_was_something()
    {
        _stream.Subscribe(TestActor, typeof(Animal));
        _stream.Subscribe(TestActor, typeof(string));

        Assert.True(_stream.Unsubscribe(TestActor, typeof(string)));
        Assert.False(_stream.Unsubscribe(TestActor, typeof(string)));
        Assert.True(_stream.Unsubscribe(TestActor));
        Assert.False(_stream.Unsubscribe(TestActor));
        _stream.Publish(new Dog());

        Assert.False(HasMessages);
    }

    [Fact]
    public void Nobody_cannot_subscribe()
    {
        Assert.Throws<ArgumentNullException>(() => _stream.Subscribe(null!, typeof(string)));
        Assert.Throws<ArgumentNullException>(() => _stream.Unsubscribe(null!, typeof(string)));
        Assert.Throws<ArgumentNullException>(() => _stream.Unsubscribe(null!));
    }

    [Fact]
    public void The_level_decides_which_events_loggers_hear()
    {
        Sys.EventStream.SetLogLevel(LogLevel.ErrorLevel);

        Assert.False(Sys.Log.IsWarningEnabled);
        EventFilter.Error("bad").And.Warning("so so").ExpectOne(() =>
        {
            Sys.EventStream.Publish(new Warning("here", GetType(), "so so"));
            Sys.EventStream.Publish(new Error(null, "here", GetType(), "bad"));
        });
    }

    [Fact]
    public void A_subscriber_that_ended_is_forgotten()
    {
        var subscriber = Sys.ActorOf(Props.Empty);
        Watch(subscriber);
        Sys.EventStream.Subscribe(subscriber, typeof(Animal));
        Sys.Stop(subscriber);
        ExpectTerminated(subscriber);

        AwaitAssert(() => Assert.False(Sys.EventStream.Unsubscribe(subscriber)));
    }

    [Fact]
    public void Messages_that_nobody_handles_are_published_and_logged_on_demand()
    {
        var system = ActorSystem.Create("unhandled", ConfigurationFactory.ParseString(
            "akka { loglevel = DEBUG, actor.debug.unhandled = on }").WithFallback(DefaultConfig));
        var probe = CreateTestProbe(system);
        system.EventStream.Subscribe(probe, typeof(UnhandledMessage));
        var deaf = system.ActorOf(Props.Empty, "deaf");

        CreateEventFilter(system).Debug($"Unhandled message from {probe.Ref.Path} : hello", source: deaf.Path.ToString())
            .ExpectOne(() => deaf.Tell("hello", probe));

        var unhandled = probe.ExpectMsg<UnhandledMessage>();
        Assert.Equal(("hello", deaf, probe.Ref), (unhandled.Message, unhandled.Recipient, unhandled.Sender));
        Shutdown(system);
    }
}
