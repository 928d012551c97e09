using System.Reflection;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace Training.Foundation;

static class Bus
{
    internal static void AddBus(this WebApplicationBuilder builder) => builder.Services.AddMassTransit(bus =>
    {
        bus.DisableUsageTelemetry();
        bus.SetEndpointNameFormatter(new KebabCaseEndpointNameFormatter(prefix: builder.Environment.ServiceName(), includeNamespace: false));
        bus.AddConsumers([.. Assembly.Load(builder.Environment.ApplicationName).GetTypes().Where(type => type.IsAssignableTo(typeof(IConsumer)) && type.IsClass)]);
        bus.AddConfigureEndpointsCallback((context, _, endpoint) =>
        {
            // One message at a time, on one replica at a time: the only way to keep the order of a stream, because deliveries handled
            // side by side overtake each other before any filter sees them. Queues, one per consumer, go side by side.
            endpoint.ConcurrentMessageLimit = 1;
            endpoint.PrefetchCount = 64;
            if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit) rabbit.SingleActiveConsumer = true;
            endpoint.PublishFaults = false;
            endpoint.UseFilter(new Parking(context));
            endpoint.UseConsumeFilter(typeof(OriginOfMessage<>), context);
            endpoint.UseConsumeFilter(typeof(Inbox<>), context);
        });
        bus.UsingRabbitMq((context, rabbit) =>
        {
            rabbit.Host(new Uri(builder.Configuration.GetConnectionString("bus") ?? throw new InvalidOperationException("ConnectionStrings:bus is missing.")));
            rabbit.ConfigureJsonSerializerOptions(json =>
            {
                json.UseHouseStyle();
                return json;
            });
            rabbit.ConfigureEndpoints(context);
        });
    });
}
