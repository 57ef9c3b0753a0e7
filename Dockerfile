# The hub. `docker build -t garm .`; docker-compose.yml runs three of them.

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH
WORKDIR /source
COPY . .

# ReadyToRun: the program is compiled ahead of time, so that a start takes half as much of the processor.
RUN dotnet publish src/Garm.Host/Garm.Host.csproj --configuration Release --arch $TARGETARCH --no-self-contained \
    -p:PublishReadyToRun=true --output /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .

# The image's own user without rights; the data folder is the only place that it writes to.
RUN mkdir /data && chown $APP_UID:$APP_UID /data
USER $APP_UID
VOLUME /data

ENV Urls=http://+:9997 \
    Garm__DataDirectory=/data
EXPOSE 9997 4053

# The image has no curl; the program asks itself. Alive, not ready: a node that waits for its database is not restarted.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["dotnet", "Garm.Host.dll", "check-health", "http://127.0.0.1:9997/healthz"]

# Exec form: the program is process 1 and gets SIGTERM.
ENTRYPOINT ["dotnet", "Garm.Host.dll"]
