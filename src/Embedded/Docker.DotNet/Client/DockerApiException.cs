using System.Net;

namespace Docker.DotNet;

/// <summary>The engine refused a request, or answered it with what cannot be understood.</summary>
public class DockerApiException : Exception
{
    public DockerApiException(HttpStatusCode statusCode, string responseBody)
        : this(statusCode, responseBody, $"Docker API responded with status code={statusCode}, response={responseBody}", null)
    {
    }

    internal DockerApiException(HttpStatusCode statusCode, string responseBody, string message, Exception cause)
        : base(message, cause)
    {
        StatusCode = statusCode;
        ResponseBody = responseBody;
    }

    public HttpStatusCode StatusCode { get; }

    /// <summary>As the engine sent it: usually a JSON object with a message.</summary>
    public string ResponseBody { get; }
}
