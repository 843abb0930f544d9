using ActorScheduler.Protocol.Links;
using Akka.Actor;

namespace ActorScheduler.Protocol.Specs;

public sealed class ContactsFileSpecs
{
    [Fact]
    public void A_file_that_is_no_list_of_masters_is_passed_over()
    {
        string folder = Directory.CreateTempSubdirectory("contacts-").FullName;
        try
        {
            string path = Path.Combine(folder, "masters");
            File.WriteAllLines(path, ["\0\0half a line", "akka.tcp://actorscheduler@a:1", "", "akka.tcp://local", "akka.tcp://actorscheduler@a:1", "akka.tcp://actorscheduler@[::1]:2"]);
            var file = new ContactsFile(path);

            Assert.Equal(["akka.tcp://actorscheduler@a:1", "akka.tcp://actorscheduler@[::1]:2"], file.Read().Select(static contact => contact.ToString()));
            for (int port = 1; port <= 2 * ContactsFile.Most; port++)
                file.Add(new Address("akka.tcp", "actorscheduler", "b", port));
            IReadOnlyList<Address> kept = new ContactsFile(path).Read();
            Assert.Equal((ContactsFile.Most, 2 * ContactsFile.Most), (kept.Count, kept[0].Port));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
