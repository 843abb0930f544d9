Console.WriteLine("not here yet");
