# syntax=docker/dockerfile:1
FROM node:22-bookworm-slim AS web
WORKDIR /src/web
COPY web/package.json web/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY web/ ./
RUN npm run build

FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
COPY --from=web /src/web/dist ./web/dist
RUN CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o /jieli ./cmd/jieli

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /jieli /jieli
USER nonroot
EXPOSE 8080 9090
ENTRYPOINT ["/jieli"]
